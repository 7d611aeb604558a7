//! `GET /api/v1/openapi.json`: what the interface offers, for programs.
//! The reference page is made from the same document.

use super::{
    answer::{Answer, Problem},
    cohort_path, cohorts, me, need_rule_schools, need_rules, school, schools,
};
use serde_json::{Value, json};
use std::sync::OnceLock;
use utoipa::{
    Modify, OpenApi,
    openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme},
};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Aspire: public facts about schools",
        version = env!("CARGO_PKG_VERSION"),
        description = "What inspectors said of each school in England, who needs help by visible rules, and what became of schools that joined a programme. Published facts only, for anyone, without a key. Every answer says where its figures come from; none is sorted by a judgement, a result or an effect. Answers may be kept for a minute. What is wrong comes back as a problem in the form of RFC 9457 (application/problem+json) that says what to do. The facts are of the Department for Education and Ofsted; the software is free under the MIT licence.",
        license(name = "Open Government Licence v3.0", identifier = "OGL-UK-3.0"),
    ),
    servers((url = "/", description = "This Aspire")),
    tags(
        (name = "Schools", description = "Find a school; see its public record."),
        (name = "Who needs help", description = "Rules on the public record, and the schools that meet them."),
        (name = "Cohorts", description = "Schools that joined a programme, and what became of them."),
        (name = "You", description = "Whom a token speaks for."),
        (name = "About", description = "This description."),
    ),
    paths(
        schools::list,
        school::show,
        need_rules::list,
        need_rule_schools::list,
        cohorts::list,
        cohort_path::show,
        me::show,
        show,
    ),
    modifiers(&Token),
)]
struct Description;

/// How a program shows for whom it asks.
struct Token;

impl Modify for Token {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let token = SecurityScheme::Http(HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build());
        document.components.get_or_insert_default().add_security_scheme("token", token);
    }
}

/// This description
///
/// All operations in the form of OpenAPI 3.1.
#[utoipa::path(
    get,
    path = "/api/v1/openapi.json",
    operation_id = "getDescription",
    tag = "About",
    responses(
        (status = 200, description = "The description.", body = Object, content_type = "application/json"),
        (status = 405, description = "Only GET is answered.", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn show() -> Answer<&'static Value> {
    Answer(document())
}

/// The document, with an example of every answer.
pub(crate) fn document() -> &'static Value {
    static DOCUMENT: OnceLock<Value> = OnceLock::new();
    DOCUMENT.get_or_init(|| {
        let mut document = serde_json::to_value(Description::openapi()).unwrap_or_default();
        for (path, example) in examples() {
            let content = format!("/paths/{}/get/responses/200/content/application~1json", path.replace('/', "~1"));
            if let Some(Value::Object(content)) = document.pointer_mut(&content) {
                content.insert("example".to_owned(), example);
            }
        }
        explain_what_may_be_missing(&mut document);
        document
    })
}

/// A property that may be null is a choice of two, of which the first carries
/// the words about it; they belong to the property.
fn explain_what_may_be_missing(document: &mut Value) {
    let schemas = document.pointer_mut("/components/schemas").and_then(Value::as_object_mut);
    for schema in schemas.into_iter().flat_map(|schemas| schemas.values_mut()) {
        let properties = schema.get_mut("properties").and_then(Value::as_object_mut);
        for property in properties.into_iter().flat_map(|properties| properties.values_mut()) {
            let words = property.pointer_mut("/oneOf/0").and_then(|first| first.as_object_mut()?.remove("description"));
            if let (Some(words), Some(property)) = (words, property.as_object_mut()) {
                property.insert("description".to_owned(), words);
            }
        }
    }
}

/// An example of each operation's answer, made of the same types as the answer.
fn examples() -> Vec<(&'static str, Value)> {
    fn of(example: impl serde::Serialize) -> Value {
        serde_json::to_value(example).unwrap_or_default()
    }
    vec![
        ("/api/v1/schools", of(schools::example())),
        ("/api/v1/schools/{urn}", of(school::example())),
        ("/api/v1/need-rules", of(need_rules::example())),
        ("/api/v1/need-rules/{id}/schools", of(need_rule_schools::example())),
        ("/api/v1/cohorts", of(cohorts::example())),
        ("/api/v1/cohorts/{slug}/path", of(cohort_path::example())),
        ("/api/v1/me", of(me::example())),
        ("/api/v1/openapi.json", json!({"openapi": "3.1.0"})),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::routes::ROUTES;
    use std::collections::BTreeSet;

    fn operations() -> impl Iterator<Item = (&'static String, &'static Value)> {
        document()["paths"].as_object().into_iter().flatten()
    }

    #[test]
    fn every_route_is_described_and_every_description_is_a_route() {
        let routes: BTreeSet<&str> =
            ROUTES.iter().filter(|route| route.path.starts_with("/api/v1/")).map(|route| route.path).collect();
        let described: BTreeSet<&str> = operations().map(|(path, _)| path.as_str()).collect();
        assert_eq!(described, routes);
        for route in ROUTES.iter().filter(|route| route.path.starts_with("/api/v1/")) {
            assert_eq!(route.methods, "GET", "{}", route.path);
        }
    }

    #[test]
    fn every_operation_says_what_it_gives_and_what_can_be_wrong() {
        for (path, item) in operations() {
            let get = &item["get"];
            assert!(get["summary"].as_str().is_some_and(|words| !words.is_empty()), "{path}");
            assert!(get["description"].as_str().is_some_and(|words| !words.is_empty()), "{path}");
            assert!(get["operationId"].is_string(), "{path}");
            let ok = &get["responses"]["200"]["content"]["application/json"];
            assert!(ok["schema"].is_object(), "{path}");
            assert!(ok["example"].is_object(), "{path}");
            let responses = get["responses"].as_object().unwrap();
            let wrong: Vec<_> = responses.iter().filter(|(status, _)| status.starts_with('4')).collect();
            assert!(!wrong.is_empty(), "{path}");
            for (_, response) in wrong {
                assert!(response["content"]["application/problem+json"]["schema"].is_object(), "{path}");
            }
            for parameter in get["parameters"].as_array().into_iter().flatten() {
                let words = parameter["description"].as_str();
                assert!(words.is_some_and(|words| !words.is_empty()), "{path}: {parameter}");
                let is_path = parameter["in"] == "path";
                assert_eq!(parameter["required"].as_bool().unwrap_or(false), is_path, "{path}: {parameter}");
            }
        }
    }

    #[test]
    fn every_property_is_explained() {
        let schemas = document()["components"]["schemas"].as_object().unwrap();
        assert!(schemas.len() > 20);
        for (name, schema) in schemas {
            for (property, about) in schema["properties"].as_object().into_iter().flatten() {
                let words = about["description"].as_str();
                assert!(words.is_some_and(|words| !words.is_empty()), "{name}.{property}");
            }
        }
    }

    #[test]
    fn it_is_openapi_3_1_with_version_and_licence() {
        let document = document();
        assert!(document["openapi"].as_str().is_some_and(|version| version.starts_with("3.1")));
        assert_eq!(document["info"]["version"], env!("CARGO_PKG_VERSION"));
        assert_eq!(document["info"]["license"]["identifier"], "OGL-UK-3.0");
    }

    /// Every reference leads somewhere within the document.
    #[test]
    fn no_reference_leads_nowhere() {
        fn walk(value: &Value) {
            match value {
                Value::Object(map) => {
                    if let Some(Value::String(to)) = map.get("$ref") {
                        let at = to.strip_prefix('#').expect("a reference within the document");
                        assert!(document().pointer(at).is_some(), "{to}");
                    }
                    map.values().for_each(walk);
                }
                Value::Array(list) => list.iter().for_each(walk),
                _ => {}
            }
        }
        walk(document());
    }
}
