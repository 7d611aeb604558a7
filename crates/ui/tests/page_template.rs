//! How a page uses the components: fields of its template's struct, written
//! `{{ field }}` without a filter; then the page around it.

use askama::Template;
use ui::*;

#[derive(Template)]
#[template(
    ext = "html",
    source = r#"{{ summary }}{{ heading }}<p class="govuk-body">{{ found }} for ‘{{ q }}’</p>
<form method="get" action="/schools">{{ search }}</form>{{ results }}
{% for tag in tags %}{{ tag }}{% endfor %}{% if let Some(pages) = pages %}{{ pages }}{% endif %}"#
)]
struct Schools {
    summary: ErrorSummary,
    heading: Heading,
    found: String,
    q: String,
    search: Search,
    results: Results,
    tags: Vec<Tag>,
    pages: Option<Pagination>,
}

#[test]
fn components_stand_in_a_page_s_template_as_they_are() {
    let mut errors = Errors::none();
    errors.add("q", "Enter at least two letters");
    let q = "<script>'";
    let content = SafeHtml::of_template(&Schools {
        summary: ErrorSummary::new(&errors),
        heading: Heading::new("Find a school"),
        found: "2 schools".into(),
        q: q.into(),
        search: Search::new("q", "Name or URN").value(q).errors(&errors),
        results: Results::new([ResultItem::new("/schools/1", "St Mary's & All", "Kent")]),
        tags: vec![Tag::new("Closed")],
        pages: Some(Pagination::new(1, 2, |n| format!("/schools?q=a&page={n}"))),
    })
    .unwrap();
    let assets = Assets {
        css: "/a.css".into(),
        js: "/a.js".into(),
        icon: "/a.svg".into(),
    };
    let html = Page::new("Find a school", assets)
        .nav("/schools", "Find a school")
        .at("/schools")
        .with_error(!errors.is_empty())
        .content(content)
        .to_string();
    assert!(html.contains("<a href=\"#q\">Enter at least two letters</a>"));
    assert!(html.contains("id=\"q-error\""));
    assert!(html.contains("for ‘&#60;script&#62;&#39;’"));
    assert!(html.contains("value=\"&#60;script&#62;&#39;\""));
    assert!(html.contains("St Mary&#39;s &#38; All</a>"));
    assert!(html.contains("<strong class=\"govuk-tag\">Closed</strong>"));
    assert!(html.contains("href=\"/schools?q=a&#38;page=2\""));
    assert!(html.contains("aria-current=\"page\">Find a school</a>"));
    assert!(!html.contains("<script>"));
}
