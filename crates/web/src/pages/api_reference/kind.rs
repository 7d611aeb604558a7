//! What kind of value a schema describes, in words.

use super::text;
use serde_json::Value;

/// What kind of value a schema describes, in words.
pub(super) fn kind(schema: &Value) -> String {
    if let Some(to) = schema["$ref"].as_str() {
        return to.rsplit('/').next().unwrap_or_default().to_owned();
    }
    if let Some(choices) = schema["oneOf"].as_array() {
        return choices.iter().map(kind).collect::<Vec<_>>().join(" or ");
    }
    match &schema["type"] {
        Value::Array(kinds) => {
            let words = kinds.iter().map(|one| word(text(one), schema));
            words.collect::<Vec<_>>().join(" or ")
        }
        one => word(text(one), schema),
    }
}

fn word(kind_of: &str, schema: &Value) -> String {
    match kind_of {
        "array" => format!("list of {}", kind(&schema["items"])),
        "object" if schema["additionalProperties"].is_object() => {
            format!("by name: {}", kind(&schema["additionalProperties"]))
        }
        "object" => "object".to_owned(),
        "integer" => "whole number".to_owned(),
        "boolean" => "true or false".to_owned(),
        "string" if schema["format"] == "date" => "day".to_owned(),
        "string" => "text".to_owned(),
        other => other.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_is_said_in_words() {
        let said = |schema: &str| kind(&serde_json::from_str(schema).unwrap());
        assert_eq!(said(r##"{"oneOf":[{"$ref":"#/components/schemas/Day"},{"type":"null"}]}"##), "Day or null");
        assert_eq!(said(r#"{"type":"array","items":{"type":"string"}}"#), "list of text");
        assert_eq!(said(r#"{"type":["integer","null"]}"#), "whole number or null");
    }
}
