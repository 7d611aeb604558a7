//! The reference of the JSON API: what can a program ask? Made from the
//! document that programs read, so that the two say the same.

mod kind;

use crate::{App, api::openapi, error::PageError, frame, visitor::Visitor};
use askama::Template;
use axum::{
    extract::State,
    http::{HeaderMap, header},
    response::Html,
};
use kind::kind;
use serde_json::Value;
use std::sync::OnceLock;
use ui::{Breadcrumbs, Details, Heading, SafeHtml, Size, Table, cells};

#[derive(Template)]
#[template(path = "api_reference.html")]
struct View<'a> {
    heading: Heading,
    reference: &'static Reference,
    site: &'a str,
}

/// The document, readied for the page.
struct Reference {
    version: String,
    licence: String,
    tags: Vec<Tag>,
    shapes: Vec<Details>,
}

struct Tag {
    name: String,
    words: String,
    operations: Vec<Operation>,
}

struct Operation {
    id: String,
    summary: String,
    path: String,
    words: String,
    parameters: Option<Table>,
    /// Path and query of the example call.
    call: String,
    example: String,
    answers: Table,
}

/// `GET /api`
pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
) -> Result<Html<String>, PageError> {
    let title = "What a program can ask Aspire";
    let view = View {
        heading: Heading::new(title).size(Size::Xl),
        reference: reference(),
        site: &site(&headers, app.settings.https),
    };
    frame::show(frame::page(&visitor, title), &view)
}

#[derive(Template)]
#[template(path = "api_shapes.html")]
struct ShapesView {
    heading: Heading,
    shapes: &'static [Details],
}

/// `GET /api/shapes`
pub(crate) async fn shapes(visitor: Visitor) -> Result<Html<String>, PageError> {
    let title = "What stands in the answers to a program";
    let view = ShapesView { heading: Heading::new(title).size(Size::Xl), shapes: &reference().shapes };
    frame::show(frame::page(&visitor, title).breadcrumbs(Breadcrumbs::home().to("/api", "For programs")), &view)
}

/// This site as the reader's browser knows it, so that an example can be
/// pasted as it stands.
fn site(headers: &HeaderMap, https: bool) -> String {
    let harmless =
        |host: &&str| host.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b':' | b'[' | b']'));
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).filter(harmless);
    format!("{}://{}", if https { "https" } else { "http" }, host.unwrap_or("127.0.0.1:8080"))
}

fn reference() -> &'static Reference {
    static REFERENCE: OnceLock<Reference> = OnceLock::new();
    REFERENCE.get_or_init(|| Reference::of(openapi::document()))
}

impl Reference {
    fn of(document: &Value) -> Self {
        let operations: Vec<(&str, Operation)> = entries(&document["paths"])
            .map(|(path, item)| (text(&item["get"]["tags"][0]), Operation::of(path, &item["get"])))
            .collect();
        let mut tags: Vec<Tag> = list(&document["tags"])
            .map(|tag| Tag {
                name: text(&tag["name"]).to_owned(),
                words: text(&tag["description"]).to_owned(),
                operations: Vec::new(),
            })
            .collect();
        for (name, operation) in operations {
            if let Some(tag) = tags.iter_mut().find(|tag| tag.name == name) {
                tag.operations.push(operation);
            }
        }
        Self {
            version: text(&document["info"]["version"]).to_owned(),
            licence: text(&document["info"]["license"]["name"]).to_owned(),
            tags,
            shapes: entries(&document["components"]["schemas"])
                .filter_map(|(name, schema)| shape(name, schema))
                .collect(),
        }
    }
}

impl Operation {
    fn of(path: &str, get: &Value) -> Self {
        let parameters = list(&get["parameters"]).map(|parameter| {
            let needed = if parameter["required"] == true { "needed" } else { "optional" };
            cells![
                code(text(&parameter["name"])),
                format!("{}, {needed}", kind(&parameter["schema"])),
                text(&parameter["description"])
            ]
        });
        let summary = text(&get["summary"]);
        let table = Table::new(of("Parameters", summary))
            .caption_size(Size::S)
            .head(["Name", "Kind", "What it is"])
            .rows(parameters)
            .wide();
        let answers = entries(&get["responses"]).map(|(status, response)| {
            let content = response["content"].as_object().and_then(|content| content.values().next());
            let shape = content.map_or(String::new(), |content| kind(&content["schema"]));
            cells![status, text(&response["description"]), shape]
        });
        let example = &get["responses"]["200"]["content"]["application/json"]["example"];
        Self {
            id: text(&get["operationId"]).to_owned(),
            summary: summary.to_owned(),
            path: path.to_owned(),
            words: text(&get["description"]).to_owned(),
            parameters: (!table.is_empty()).then_some(table),
            call: call(path, &get["parameters"]),
            example: serde_json::to_string_pretty(example).unwrap_or_default(),
            answers: Table::new(of("Answers", summary))
                .caption_size(Size::S)
                .head(["Status", "When", "Shape"])
                .rows(answers)
                .wide(),
        }
    }
}

/// A caption that is told from those of other operations by whoever hears it.
fn of(caption: &str, summary: &str) -> SafeHtml {
    let tag = |html| SafeHtml::vouched("a constant", html);
    let hidden = SafeHtml::from(format!(": {summary}"));
    SafeHtml::join([SafeHtml::from(caption), tag("<span class=\"govuk-visually-hidden\">"), hidden, tag("</span>")], "")
}

/// The path with the examples of its parameters.
fn call(path: &str, parameters: &Value) -> String {
    let mut path = path.to_owned();
    let mut query = Vec::new();
    for parameter in list(parameters) {
        let (name, example) = (text(&parameter["name"]), &parameter["example"]);
        let example = match example {
            Value::Null => continue,
            Value::String(example) => super::find::encoded(example),
            other => other.to_string(),
        };
        if parameter["in"] == "path" {
            path = path.replace(&format!("{{{name}}}"), &example);
        } else {
            query.push(format!("{name}={example}"));
        }
    }
    if query.is_empty() { path } else { format!("{path}?{}", query.join("&")) }
}

/// What stands in answers of one shape, folded away.
fn shape(name: &str, schema: &Value) -> Option<Details> {
    let fields = schema["properties"].as_object()?;
    let rows = fields.iter().map(|(name, field)| cells![code(name), kind(field), text(&field["description"])]);
    let table = Table::new(text(&schema["description"]))
        .caption_size(Size::S)
        .head(["Field", "Kind", "What it is"])
        .rows(rows)
        .small()
        .wide();
    Some(Details::new(name, table).id(name))
}

fn code(text: &str) -> SafeHtml {
    let tag = |html| SafeHtml::vouched("a constant", html);
    SafeHtml::join([tag("<code>"), SafeHtml::from(text), tag("</code>")], "")
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn entries(value: &Value) -> impl Iterator<Item = (&str, &Value)> {
    value.as_object().into_iter().flatten().map(|(key, value)| (key.as_str(), value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn every_operation_stands_on_the_page_with_a_call_that_can_be_pasted() {
        let reference = reference();
        let shown: usize = reference.tags.iter().map(|tag| tag.operations.len()).sum();
        assert_eq!(shown, openapi::document()["paths"].as_object().unwrap().len());
        for operation in reference.tags.iter().flat_map(|tag| &tag.operations) {
            assert!(!operation.call.contains('{'), "{}", operation.call);
            assert!(operation.example.starts_with('{'), "{}", operation.path);
        }
        assert!(reference.shapes.len() > 20);
    }

    #[test]
    fn the_page_is_made() {
        let view = View { heading: Heading::new("x"), reference: reference(), site: "http://127.0.0.1:8080" };
        let html = view.render().unwrap();
        assert!(html.contains("/api/v1/cohorts/naht-aspire-pilot/path?to=2015-12-31"), "{html}");
        for anchor in ["not-found", "bad-parameter", "read-only", "unexpected"] {
            assert!(html.contains(&format!("id=\"{anchor}\"")), "{anchor}: problems lead here");
        }
        let ids: Vec<&str> = html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        let mut once = ids.clone();
        once.sort_unstable();
        once.dedup();
        assert_eq!(once.len(), ids.len(), "an id stands once: {ids:?}");
        assert!(!html.contains("<script") && !html.contains(" style="));
    }

    #[test]
    fn a_host_that_is_none_is_not_repeated() {
        let of = |host: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, HeaderValue::from_static(host));
            site(&headers, true)
        };
        assert_eq!(of("aspire.example"), "https://aspire.example");
        assert_eq!(of("a'; rm -r x"), "https://127.0.0.1:8080");
    }
}
