//! The markup of each component is that of govuk-frontend: compared with the
//! package's own fixtures, copied by `node assets/fixtures.mjs`.
//!
//! Blanks and the order of attributes do not count.

mod same;

use same::assert_same;
use ui::*;

macro_rules! fixture {
    ($name:literal) => {
        include_str!(concat!("fixtures/", $name, ".html"))
    };
}

fn raw(html: &'static str) -> SafeHtml {
    SafeHtml::vouched("this test", html)
}

#[test]
fn ways() {
    assert_same(BackLink::new("#"), fixture!("back-link.default"));
    assert_same(
        Breadcrumbs::default()
            .to("/service-manual", "Service Manual")
            .to("/service-manual/agile-delivery", "Agile Delivery"),
        fixture!("breadcrumbs.without-the-home-section"),
    );
    let many = Pagination::new(2, 3, |n| match n {
        _ if n > 3 => String::new(),
        n => format!("/page/{n}"),
    });
    let html = many.to_string();
    let html = html
        .replace("href=\"/page/1\" rel", "href=\"/previous\" rel")
        .replace("href=\"/page/3\" rel", "href=\"/next\" rel");
    assert_same(html, fixture!("pagination.default"));
}

#[test]
fn buttons() {
    assert_same(Button::new("Save and continue"), fixture!("button.default"));
    assert_same(
        Button::new("Secondary button")
            .secondary()
            .named("secondary", ""),
        &fixture!("button.secondary").replace("<button", "<button value=\"\""),
    );
    assert_same(
        Button::new("Warning button").warning().named("Warning", ""),
        &fixture!("button.warning").replace("<button", "<button value=\"\""),
    );
    assert_same(
        Button::new("Link button").link("/"),
        fixture!("button.link"),
    );
    assert_same(
        Button::new("Start now link button").link("/").start(),
        fixture!("button.start-link"),
    );
    assert_same(
        Button::new("Submit").once(),
        fixture!("button.prevent-double-click"),
    );
}

#[test]
fn text_inputs() {
    assert_same(
        TextInput::new("test-name", "National Insurance number"),
        fixture!("input.default"),
    );
    assert_same(
        TextInput::new("with-error-hint", "National insurance number")
            .hint("It’s on your National Insurance card, benefit letter, payslip or P60. For example, ‘QQ 12 34 56 C’.")
            .error("Enter a National Insurance number in the correct format"),
        fixture!("input.with-error-and-hint"),
    );
    assert_same(
        TextInput::new("test-width-10", "National insurance number")
            .id("input-width-10")
            .hint("It’s on your National Insurance card, benefit letter, payslip or P60. For example, ‘QQ 12 34 56 C’.")
            .width(Width::Ten),
        fixture!("input.with-width-10-class"),
    );
    assert_same(
        TextInput::new("test-name", "National Insurance number")
            .id("input-with-page-heading")
            .size(Size::L)
            .as_heading(),
        fixture!("input.with-label-as-page-heading"),
    );
    assert_same(
        TextInput::new("weight", "Weight, in kilograms")
            .id("input-with-suffix")
            .suffix("kg"),
        fixture!("input.with-suffix"),
    );
    assert_same(
        Textarea::new(
            "no-ni-reason",
            "Why can’t you provide a National Insurance number?",
        )
        .error("You must provide an explanation"),
        fixture!("textarea.with-error-message"),
    );
    assert_same(
        Textarea::new("address", "Full address")
            .id("full-address")
            .value("221B Baker Street\nLondon\nNW1 6XE\n"),
        fixture!("textarea.with-default-value"),
    );
}

#[test]
fn passwords() {
    assert_same(
        Password::new("password", "Password"),
        fixture!("password-input.default"),
    );
    assert_same(
        Password::new("test-name-3", "Password")
            .id("password-input-with-error-message")
            .hint("It probably has some letters, numbers and maybe even some symbols in it.")
            .error("Error message goes here"),
        fixture!("password-input.with-error-message"),
    );
    assert_same(
        Password::new("password", "Password")
            .id("password-input-new-password")
            .choosing(),
        fixture!("password-input.with-new-password-autocomplete"),
    );
}

#[test]
fn choices() {
    assert_same(
        Radios::new("example", "Have you changed your name?")
            .hint("This includes changing your last name or spelling your name differently.")
            .choice("yes", "Yes")
            .choice("no", "No")
            .chosen("no")
            .inline(),
        fixture!("radios.inline"),
    );
    assert_same(
        Radios::new("example", "Have you changed your name?")
            .error("Please select an option")
            .choice("yes", "Yes")
            .choice("no", "No")
            .chosen("no"),
        fixture!("radios.with-fieldset-and-error-message"),
    );
    assert_same(
        Radios::new("housing-act", "Which part of the Housing Act was your licence issued under?")
            .size(Size::L)
            .as_heading()
            .hint("Select one of the options below.")
            .choice("part-2", raw("<span class=\"govuk-heading-s govuk-!-margin-bottom-1\">Part 2 of the Housing Act 2004</span> For properties that are 3 or more stories high and occupied by 5 or more people"))
            .choice("part-3", raw("<span class=\"govuk-heading-s govuk-!-margin-bottom-1\">Part 3 of the Housing Act 2004</span> For properties that are within a geographical area defined by a local council")),
        fixture!("radios.with-legend-as-page-heading"),
    );
    let hint = "Nullam id dolor id nibh ultricies vehicula ut id elit.";
    assert_same(
        Checkboxes::new("waste", "Which types of waste do you transport regularly?")
            .error("Please select an option")
            .choice_with_hint("animal", "Waste from animal carcasses", hint)
            .choice_with_hint("mines", "Waste from mines or quarries", hint)
            .choice_with_hint("farm", "Farm or agricultural waste", hint),
        fixture!("checkboxes.with-error-message"),
    );
    assert_same(
        Select::new("select-2", "Label text goes here")
            .hint("Hint text goes here")
            .error("Error message goes here")
            .options([1, 2, 3].map(|n| (n.to_string(), format!("GOV.UK frontend option {n}")))),
        fixture!("select.with-hint-text-and-error-message"),
    );
}

#[test]
fn dates_and_files() {
    assert_same(
        DateInput::new("dob", "What is your date of birth?")
            .id("with-values-name-prefix")
            .hint("For example, 31 3 1980")
            .value("31", "3", "1980"),
        fixture!("date-input.with-values-and-name-prefix"),
    );
    assert_same(
        FileUpload::new("file-upload-1", "Upload a file"),
        fixture!("file-upload.default"),
    );
    assert_same(
        FileUpload::new("file-upload-3", "Upload a file")
            .hint("Your photo may be in your Pictures, Photos, Downloads or Desktop folder. Or in an app like iPhoto.")
            .error("Error message goes here"),
        fixture!("file-upload.with-error-message-and-hint"),
    );
}

#[test]
fn passages() {
    let nationality = "We need to know your nationality so we can work out which elections you’re entitled to vote in. If you can’t provide your nationality, you’ll have to send copies of identity documents through the post.";
    assert_same(
        Details::new("Help with nationality", nationality),
        fixture!("details.default"),
    );
    assert_same(
        Details::new("Help with nationality", nationality)
            .id("help-with-nationality")
            .open(),
        fixture!("details.expanded"),
    );
    assert_same(
        InsetText::new(
            "It can take up to 8 weeks to register a lasting power of attorney if there are no mistakes in the application.",
        ),
        fixture!("inset-text.default"),
    );
    assert_same(
        WarningText::new("You can be fined up to £5,000 if you don’t register."),
        fixture!("warning-text.default"),
    );
    assert_same(
        NotificationBanner::important("This publication was withdrawn on 7 March 2014."),
        fixture!("notification-banner.default"),
    );
    assert_same(
        NotificationBanner::success("Email sent to example@email.com"),
        fixture!("notification-banner.with-type-as-success"),
    );
    let mut errors = Errors::none();
    errors.add("", "Invalid username or password");
    errors.add("example-error-1", "Agree to the terms of service to log in");
    assert_same(
        ErrorSummary::new(&errors),
        fixture!("error-summary.mixed-with-and-without-links"),
    );
}

#[test]
fn facts() {
    let contact = raw(
        "<p class=\"govuk-body\">email@email.com</p><p class=\"govuk-body\">Address line 1<br>Address line 2<br>Address line 3<br>Address line 4<br>Address line 5</p>",
    );
    assert_same(
        SummaryList::new()
            .no_border()
            .row("Name", "Firstname Lastname")
            .row("Date of birth", "13/08/1980")
            .row("Contact information", &contact),
        fixture!("summary-list.no-border"),
    );
    let to = |text: &str, what: &str| Link::new("#", text).hidden(what);
    assert_same(
        SummaryList::new()
            .row_with("Name", "Firstname Lastname", to("Edit", "name"))
            .also(to("Delete", "name"))
            .row_with("Date of birth", "13/08/1980", to("Change", "date of birth"))
            .row_with(
                "Contact information",
                &contact,
                to("Edit", "contact information"),
            )
            .also(to("Change", "contact information")),
        fixture!("summary-list.with-actions"),
    );
    let months = || {
        [
            ["January", "£85", "£95"],
            ["February", "£75", "£55"],
            ["March", "£165", "£125"],
        ]
    };
    assert_same(
        Table::new("Caption 1: Months and rates")
            .caption_size(Size::M)
            .head(["Month you apply", "Rate for bicycles", "Rate for vehicles"])
            .numeric(&[1, 2])
            .row_heads()
            .rows(months()),
        fixture!("table.with-head-and-caption"),
    );
    assert_same(
        Table::new("").numeric(&[1, 2]).row_heads().rows(months()),
        fixture!("table.with-firstCellIsHeader-true"),
    );
    assert_same(Tag::new("Alpha"), fixture!("tag.default"));
    assert_same(
        Tag::new("Grey").colour(TagColour::Grey),
        fixture!("tag.grey"),
    );
    assert_same(
        TaskList::new("my-custom-id").task(
            "#",
            "A Link",
            Some("Hint text"),
            TaskStatus::Tag(Tag::new("Status")),
        ),
        fixture!("task-list.custom-id-prefix"),
    );
}
