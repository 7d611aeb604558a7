//! A place with the five pages: Aspire, or its peer.

use serde_json::Value;

/// Where it is, and what its pages have to hold.
#[derive(Debug, Clone)]
pub struct Site {
    /// Where it answers.
    pub address: String,
    /// The programme's name in addresses.
    pub programme: String,
    /// The programme's lead.
    pub lead: Person,
    /// How many connections are the lead's.
    pub leads: usize,
    /// The field that keeps forms from being forged.
    pub token: &'static str,
    /// The four texts' fields.
    pub fields: [&'static str; 4],
    /// With what the address ends to which one is sent after saving.
    pub saved: &'static str,
    /// What the start page holds.
    pub start_holds: String,
    /// What the form holds.
    pub form_holds: String,
    /// What the programme's page holds.
    pub programme_holds: String,
    /// What is written.
    pub text: String,
}

/// Somebody who is signed in.
#[derive(Debug, Clone, Default)]
pub struct Person {
    /// What their browser sends.
    pub cookies: String,
    /// Their school's id.
    pub school: String,
    /// Their school's name as it stands in a page.
    pub name: String,
    /// Their id.
    pub id: String,
}

impl Person {
    /// As seed.py says it.
    pub fn of(value: &Value) -> Self {
        let text = |name: &str| match &value[name] {
            Value::String(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            _ => String::new(),
        };
        // As far as every page writes it alike: an apostrophe is written in several ways.
        let name = text("name").split(['&', '\'']).next().unwrap_or_default().to_owned();
        Self { cookies: text("cookie"), school: text("school"), id: text("person"), name }
    }

    /// A list of them.
    pub fn all(value: &Value) -> Vec<Self> {
        value.as_array().map(|all| all.iter().map(Self::of).collect()).unwrap_or_default()
    }
}

/// A text of the length that schools write.
pub fn text() -> String {
    "We know our children, and they know that we do. ".repeat(12)
}
