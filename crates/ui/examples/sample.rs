//! Writes a page with most components to standard output, to look at:
//! `cargo run -p aspire-ui --example sample > sample.html`.

use std::io::Write as _;

use ui::*;

fn main() -> std::io::Result<()> {
    let mut errors = Errors::none();
    errors.add("on-day", "Enter a day, such as 1 May 2013");
    errors.add("email", "Enter your email address");

    let svg = |width: u32| {
        SafeHtml::vouched(
            "this example",
            format!(
                "<svg viewBox=\"0 0 {width} 300\" role=\"img\" aria-label=\"A path\" data-plot=\"0 {width}\"><path d=\"M0 280h{half}v-200h{half}\" fill=\"none\" stroke=\"#1d70b8\" stroke-width=\"5\"/><text x=\"10\" y=\"40\" font-size=\"16\">Pilot schools, 17 of 20</text></svg>",
                half = width / 2
            ),
        )
    };
    let published = || {
        Table::new("What was published at the time, and what the records show")
            .caption_size(Size::M)
            .head([
                "By",
                "Published",
                "In the records (of 20)",
                "Schools like them (of 2,200)",
            ])
            .rows([
                ["January 2014", "6 of 30", "4 (20%)", "24%"],
                ["January 2015", "14 of 30", "13 (65%)", "55%"],
                ["December 2015", "63%", "17 (85%)", "72%"],
            ])
    };

    let content = [
        ErrorSummary::new(&errors).into(),
        Heading::new("Did the pilot’s schools become good?")
            .caption("NAHT Aspire pilot, May 2013 to December 2015")
            .size(Size::Xl)
            .into(),
        Findings::new(SafeHtml::vouched(
            "this example",
            "Most did. Of the 20 that stood below good and that we can follow, <strong>17 were judged good</strong> by December 2015. So were <strong>73% of the 2,200 primary schools</strong> that stood where they stood and did not take part.",
        ))
        .into(),
        Heading::new("The path").level(2).size(Size::M).into(),
        ChartFigure::new(
            svg(960),
            svg(320),
            "The shaded area is the 95% interval for 20 schools. Source: Ofsted outcomes to February 2020. Rule: below good, version 1.",
            published().hidden_caption(),
        )
        .into(),
        Heading::new("Who is counted, and who is not").level(2).size(Size::M).into(),
        Figures::new()
            .figure(31u32, "schools named in the report")
            .figure(20u32, "stood below good on 1 May 2013 and can be followed")
            .figure(4u32, "stood elsewhere: two already good, one outstanding, one inadequate")
            .figure(7u32, "cannot be seen in the open data")
            .into(),
        published().wide().into(),
        Search::new("q", "Name, town, postcode or URN").size(Size::M).value("headcorn").into(),
        Results::new([
            ResultItem::new("/schools/118291", "Headcorn Primary School", "Headcorn, Kent · primary · URN 118291"),
            ResultItem::new("/schools/1", "St Mary's <Infants>", "Kent · closed in August 2014")
                .note("was called St Mary's Primary")
                .tag(Tag::new("Closed").colour(TagColour::Grey)),
        ])
        .into(),
        Timeline::new()
            .item(TimelineItem::new("3 May 2012", "Requires improvement").content("Section 5 inspection, framework of 2012."))
            .item(TimelineItem::new("1 September 2014", "Became an academy").turn())
            .item(TimelineItem::new("12 May 2015", "Good").content("Section 5 inspection, framework of 2012."))
            .into(),
        SummaryList::new()
            .row("Authority", "Kent")
            .row_with("Joined", "1 May 2013", Link::new("/x", "Change").hidden("joining date"))
            .into(),
        TextInput::new("email", "Email address").mode(InputMode::Email).errors(&errors).width(Width::Twenty).into(),
        Password::new("password", "Password").into(),
        DateInput::new("on", "On which day?").hint("For example, 1 5 2013").value("", "5", "2013").errors(&errors).into(),
        Select::new("phase", "Phase").option("primary", "Primary").option("secondary", "Secondary").into(),
        Radios::new("open", "Which schools?").choice("open", "Open").choice_with_hint("all", "All", "also closed ones").chosen("open").inline().into(),
        Checkboxes::new("areas", "Which areas?").choice("kent", "Kent").choice("medway", "Medway").small().into(),
        FileUpload::new("file", "A file of inspections").hint("CSV, at most 200 MB").into(),
        Textarea::new("why", "Why").hint("In a sentence").into(),
        Button::new("Import").into(),
        TaskList::new("week")
            .task("/1", "Say how ‘Middle leaders lead’ is going", Some("for the autumn review on 11 December; about 5 minutes"), TaskStatus::Tag(Tag::new("Due Friday").colour(TagColour::Yellow)))
            .task("/2", "Read your adviser’s note of 12 November", None, TaskStatus::Text("Done".into()))
            .into(),
        ProgressPanel::new("progress", "4,000 of 24,000 rows").into(),
        Pagination::new(6, 12, |n| format!("?page={n}")).into(),
        Details::new("How this was counted", "By the rule.").into(),
        WarningText::new("What is erased cannot be brought back.").into(),
        InsetText::new("Invented: Ashdale Primary").into(),
    ];
    let page = Page::new(
        "Did the pilot’s schools become good?",
        Assets {
            css: "assets/dist/aspire.css".into(),
            js: "assets/dist/aspire.js".into(),
            icon: "assets/dist/aspire.svg".into(),
        },
    )
    .nav("/cohorts/naht-aspire-pilot", "The pilot")
    .nav("/schools", "Find a school")
    .nav("/need-rules", "Who needs help")
    .nav("/sign-in", "Sign in")
    .at("/cohorts/naht-aspire-pilot")
    .signed_in(SignedIn {
        name: "Sam O'Brien".into(),
        sign_out: "/sign-out".into(),
        csrf: "x".into(),
    })
    .breadcrumbs(Breadcrumbs::home().to("/cohorts", "Cohorts"))
    .banner(NotificationBanner::success("20 rows were read."))
    .with_error(true)
    .content(SafeHtml::join(content, "\n"));
    std::io::stdout().write_all(page.to_string().as_bytes())
}
