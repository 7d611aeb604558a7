//! A framework from the text of its file. By hand rather than derived, so that
//! an error names the field and says what was expected there.

use super::{
    Area, CategoryWords, Framework, FrameworkError, Revision, Safeguarding, ScalePoint,
    UngradedOutcome,
};
use crate::inspection::Category;
use kernel::Date;
use serde_json::{Map, Value};

type Parsed<T> = Result<T, FrameworkError>;

/// An object of the file and where it stands.
struct Part<'a> {
    path: String,
    object: &'a Map<String, Value>,
}

pub(super) fn framework(text: &str) -> Parsed<Framework> {
    let value: Value = serde_json::from_str(text)
        .map_err(|error| FrameworkError::new("the whole", format!("JSON; {error}")))?;
    let part = Part::of("", &value)?;
    part.only(&[
        "id",
        "name",
        "called",
        "from",
        "to",
        "ref",
        "overall",
        "scale",
        "areas",
        "categories",
        "safeguarding",
        "ungraded_outcomes",
        "revisions",
        "certainty",
        "notes",
    ])?;
    let framework = Framework {
        id: part.text("id")?,
        name: part.text("name")?,
        called: part.text("called")?,
        from: part.date("from")?,
        to: part.date_if("to")?,
        reference: part.text_if("ref")?,
        overall: part.text_if("overall")?,
        scale: part.each("scale", scale_point)?,
        areas: part.each("areas", area)?,
        categories: part.each("categories", category)?,
        safeguarding: part.object_if("safeguarding", safeguarding)?,
        ungraded_outcomes: part.each("ungraded_outcomes", outcome)?,
        revisions: part.each("revisions", revision)?,
        certainty: part
            .object_if("certainty", |part| {
                part.object
                    .keys()
                    .map(|key| Ok((key.clone(), part.text(key)?)))
                    .collect()
            })?
            .unwrap_or_default(),
        notes: part.texts("notes")?,
    };
    check(&framework)?;
    Ok(framework)
}

fn scale_point(part: &Part) -> Parsed<ScalePoint> {
    part.only(&["code", "label", "aliases"])?;
    let code = part.object.get("code").and_then(Value::as_u64);
    Ok(ScalePoint {
        code: code
            .and_then(|code| u8::try_from(code).ok())
            .filter(|code| (1..=7).contains(code))
            // 8 and 9 mean ‘no judgement’ in Ofsted's files.
            .ok_or_else(|| part.wrong("code", "a whole number from 1 to 7"))?,
        label: part.text("label")?,
        aliases: part.texts("aliases")?,
    })
}

fn area(part: &Part) -> Parsed<Area> {
    part.only(&[
        "key",
        "label",
        "aliases",
        "where_applicable",
        "within",
        "from",
        "until",
    ])?;
    Ok(Area {
        key: part.text("key")?,
        label: part.text("label")?,
        aliases: part.texts("aliases")?,
        where_applicable: match part.object.get("where_applicable") {
            None | Some(Value::Null) => false,
            Some(value) => value
                .as_bool()
                .ok_or_else(|| part.wrong("where_applicable", "true or false"))?,
        },
        within: part.text_if("within")?,
        from: part.date_if("from")?,
        until: part.date_if("until")?,
    })
}

fn category(part: &Part) -> Parsed<CategoryWords> {
    part.only(&["code", "words"])?;
    let code = part.text("code")?;
    Ok(CategoryWords {
        category: Category::from_code(&code)
            .ok_or_else(|| part.wrong("code", "SM, NTI, SWK or RSI"))?,
        words: part.text("words")?,
    })
}

fn safeguarding(part: &Part) -> Parsed<Safeguarding> {
    part.only(&["label", "met", "not_met"])?;
    Ok(Safeguarding {
        label: part.text("label")?,
        met: part.texts("met")?,
        not_met: part.texts("not_met")?,
    })
}

fn outcome(part: &Part) -> Parsed<UngradedOutcome> {
    part.only(&["text", "means", "next"])?;
    Ok(UngradedOutcome {
        text: part.text("text")?,
        means: part.text("means")?,
        next: part.text("next")?,
    })
}

fn revision(part: &Part) -> Parsed<Revision> {
    part.only(&["effective", "what"])?;
    Ok(Revision {
        effective: part.date("effective")?,
        what: part.text("what")?,
    })
}

/// What must hold between the fields.
fn check(framework: &Framework) -> Parsed<()> {
    if framework.id.len() > 40
        || !framework
            .id
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'_')
    {
        return Err(FrameworkError::new(
            "id",
            "up to 40 letters, digits and underscores",
        ));
    }
    if framework.to.is_some_and(|to| to < framework.from) {
        return Err(FrameworkError::new(
            "to",
            "a day after ‘from’, or null while it is in force",
        ));
    }
    if framework.scale.len() < 2 {
        return Err(FrameworkError::new(
            "scale",
            "at least two points, best first",
        ));
    }
    if framework.areas.is_empty() {
        return Err(FrameworkError::new("areas", "at least one area"));
    }
    let codes = framework.scale.iter().map(|point| point.code.to_string());
    once("scale", "code", codes)?;
    once(
        "areas",
        "key",
        framework.areas.iter().map(|area| area.key.clone()),
    )?;
    let categories = framework
        .categories
        .iter()
        .map(|known| known.category.code().to_owned());
    once("categories", "code", categories)?;
    for (at, area) in framework.areas.iter().enumerate() {
        if area
            .within
            .as_deref()
            .is_some_and(|key| framework.area(key).is_none())
        {
            return Err(FrameworkError::new(
                format!("areas[{at}].within"),
                "the key of another area of this file",
            ));
        }
    }
    Ok(())
}

fn once(list: &str, field: &str, values: impl Iterator<Item = String>) -> Parsed<()> {
    let mut seen = std::collections::BTreeSet::new();
    for (at, value) in values.enumerate() {
        if !seen.insert(value.clone()) {
            return Err(FrameworkError::new(
                format!("{list}[{at}].{field}"),
                format!("a value that stands once in the file; ‘{value}’ is repeated"),
            ));
        }
    }
    Ok(())
}

impl<'a> Part<'a> {
    fn of(path: &str, value: &'a Value) -> Parsed<Self> {
        let object = value.as_object().ok_or_else(|| {
            let name = if path.is_empty() { "the whole" } else { path };
            FrameworkError::new(name, "an object in braces")
        })?;
        Ok(Self {
            path: path.to_owned(),
            object,
        })
    }

    fn path(&self, field: &str) -> String {
        if self.path.is_empty() {
            field.to_owned()
        } else {
            format!("{}.{field}", self.path)
        }
    }

    /// An error that also says what stands there.
    fn wrong(&self, field: &str, expected: &str) -> FrameworkError {
        let found = self.object.get(field).map_or_else(
            || "it is missing".to_owned(),
            |value| {
                let short: String = value.to_string().chars().take(60).collect();
                format!("there is {short}")
            },
        );
        FrameworkError::new(self.path(field), format!("{expected}; {found}"))
    }

    fn only(&self, known: &[&str]) -> Parsed<()> {
        match self
            .object
            .keys()
            .find(|key| !known.contains(&key.as_str()))
        {
            None => Ok(()),
            Some(key) => Err(FrameworkError::new(
                self.path(key),
                format!("no such field; the fields are {}", known.join(", ")),
            )),
        }
    }

    fn text(&self, field: &str) -> Parsed<String> {
        self.text_if(field)?
            .ok_or_else(|| self.wrong(field, "a text"))
    }

    fn text_if(&self, field: &str) -> Parsed<Option<String>> {
        match self.object.get(field) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) if !text.trim().is_empty() => Ok(Some(text.clone())),
            Some(_) => Err(self.wrong(field, "a text")),
        }
    }

    fn date(&self, field: &str) -> Parsed<Date> {
        self.date_if(field)?
            .ok_or_else(|| self.wrong(field, "a date such as 2026-09-01"))
    }

    fn date_if(&self, field: &str) -> Parsed<Option<Date>> {
        let wrong = || self.wrong(field, "a date such as 2026-09-01");
        match self.object.get(field) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) => text.parse().map(Some).map_err(|_| wrong()),
            Some(_) => Err(wrong()),
        }
    }

    fn texts(&self, field: &str) -> Parsed<Vec<String>> {
        let wrong = || self.wrong(field, "a list of texts");
        match self.object.get(field) {
            None | Some(Value::Null) => Ok(Vec::new()),
            Some(Value::Array(list)) => list
                .iter()
                .map(|value| value.as_str().map(str::to_owned).ok_or_else(wrong))
                .collect(),
            Some(_) => Err(wrong()),
        }
    }

    fn each<T>(&self, field: &str, read: impl Fn(&Part) -> Parsed<T>) -> Parsed<Vec<T>> {
        match self.object.get(field) {
            None | Some(Value::Null) => Ok(Vec::new()),
            Some(Value::Array(list)) => list
                .iter()
                .enumerate()
                .map(|(at, value)| read(&Part::of(&format!("{}[{at}]", self.path(field)), value)?))
                .collect(),
            Some(_) => Err(self.wrong(field, "a list")),
        }
    }

    fn object_if<T>(&self, field: &str, read: impl Fn(&Part) -> Parsed<T>) -> Parsed<Option<T>> {
        match self.object.get(field) {
            None | Some(Value::Null) => Ok(None),
            Some(value) => read(&Part::of(&self.path(field), value)?).map(Some),
        }
    }
}
