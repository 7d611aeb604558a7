//! The kinds of things that a school owns, and the texts of one.

use crate::{
    diagnosis,
    error::{Error, FieldError, Result},
    plan, review, self_view,
};
use serde_json::{Map, Value as Json};
use store::Conn;

/// Most characters of one text.
pub const LONGEST: usize = 10_000;

/// A text that an item has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// Its name in forms, in the history and in exports.
    pub key: &'static str,
    /// What it asks, as its label says it.
    pub question: &'static str,
    /// Help with the answer.
    pub hint: &'static str,
    /// What it is called in a sentence or a table.
    pub name: &'static str,
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $variant:ident $key:literal $path:literal $ours:literal $theirs:literal $fields:path, $ready:path;)*) => {
        /// A kind of thing that a school owns and may release.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum ItemKind { $($(#[$doc])* $variant,)* }

        impl ItemKind {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The short name under which it is stored; the noun's in the audit.
            #[must_use]
            pub const fn key(self) -> &'static str {
                match self { $(Self::$variant => $key,)* }
            }

            /// Its name in addresses.
            #[must_use]
            pub const fn path(self) -> &'static str {
                match self { $(Self::$variant => $path,)* }
            }

            /// What the school itself calls it: ‘your school in your own words’.
            #[must_use]
            pub const fn ours(self) -> &'static str {
                match self { $(Self::$variant => $ours,)* }
            }

            /// What others call it: ‘the school in its own words’.
            #[must_use]
            pub const fn theirs(self) -> &'static str {
                match self { $(Self::$variant => $theirs,)* }
            }

            /// The texts that it is made of, in their order.
            #[must_use]
            pub const fn fields(self) -> &'static [Field] {
                match self { $(Self::$variant => $fields,)* }
            }

            /// What is still to be done before it can be released, if anything.
            ///
            /// # Errors
            /// The database.
            pub(crate) async fn wants(self, conn: &mut Conn, organisation: i64) -> Result<Option<&'static str>> {
                match self { $(Self::$variant => $ready(conn, organisation).await,)* }
            }
        }
    };
}

kinds! {
    /// The school in its own words.
    SelfView "self_view" "self-view" "your school in your own words" "the school in its own words"
        self_view::FIELDS, self_view::wants;
    /// What the school and its people say of it together.
    Diagnosis "diagnosis" "diagnoses" "your diagnoses" "the school’s diagnoses" diagnosis::FIELDS, diagnosis::wants;
    /// What it works on, who does what by when, and how it comes along.
    Plan "plan" "plan" "your plan" "the school’s plan" plan::FIELDS, plan::wants;
    /// What it finds each term, and its adviser's notes that are final.
    Review "review" "reviews" "your reviews" "the school’s reviews" review::FIELDS, review::wants;
}

impl ItemKind {
    /// As others call what is released to them: all of the kind, or one of them.
    #[must_use]
    pub const fn theirs_or_one(self, item: Option<i64>) -> &'static str {
        match (self, item) {
            (Self::Diagnosis, Some(_)) => "one of the school’s diagnoses",
            _ => self.theirs(),
        }
    }

    /// The kind with this short name.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.key() == key)
    }

    /// The kind with this short name, which the database holds.
    pub(crate) fn stored(key: &str) -> Result<Self> {
        Self::from_key(key).ok_or_else(|| Error::Unexpected(format!("the database holds an item of kind ‘{key}’")))
    }
}

/// The texts of an item, one a field of its kind, in the kind's order. Line ends
/// are `\n`, blanks around a text are gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Texts {
    kind: ItemKind,
    texts: Vec<String>,
}

impl Texts {
    /// Empty texts.
    #[must_use]
    pub fn empty(kind: ItemKind) -> Self {
        Self { kind, texts: vec![String::new(); kind.fields().len()] }
    }

    /// The texts that `of` gives for each field's name.
    pub fn from(kind: ItemKind, of: impl Fn(&str) -> String) -> Self {
        let texts = kind.fields().iter().map(|field| tidy(&of(field.key))).collect();
        Self { kind, texts }
    }

    /// The kind of the item.
    #[must_use]
    pub fn kind(&self) -> ItemKind {
        self.kind
    }

    /// The text of a field; empty for a field that the kind has not.
    #[must_use]
    pub fn of(&self, key: &str) -> &str {
        self.fields().find(|(field, _)| field.key == key).map_or("", |(_, text)| text)
    }

    /// Sets the text of a field; a field that the kind has not stays unset.
    pub fn set(&mut self, key: &str, text: &str) {
        if let Some(at) = self.kind.fields().iter().position(|field| field.key == key) {
            self.texts[at] = tidy(text);
        }
    }

    /// Each field with its text.
    pub fn fields(&self) -> impl Iterator<Item = (&'static Field, &str)> {
        self.kind.fields().iter().zip(self.texts.iter().map(String::as_str))
    }

    /// True where nothing is written.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.texts.iter().all(String::is_empty)
    }

    /// As JSON: an object with every field.
    #[must_use]
    pub fn json(&self) -> Json {
        Json::Object(self.fields().map(|(field, text)| (field.key.to_owned(), text.into())).collect::<Map<_, _>>())
    }

    /// From JSON; what is not there is empty.
    #[must_use]
    pub fn from_json(kind: ItemKind, json: &Json) -> Self {
        Self::from(kind, |key| json[key].as_str().unwrap_or_default().to_owned())
    }

    /// Checks lengths.
    ///
    /// # Errors
    /// [`Error::Invalid`] with every text that is too long.
    pub fn checked(&self) -> Result<()> {
        let long = self.fields().filter(|(_, text)| text.chars().count() > LONGEST);
        let wrong: Vec<FieldError> = long
            .map(|(field, _)| FieldError::new(field.key, format!("Shorten ‘{}’ to 10,000 characters", field.name)))
            .collect();
        if wrong.is_empty() { Ok(()) } else { Err(Error::Invalid(wrong)) }
    }
}

/// A text as it is kept: a browser sends `\r\n`.
fn tidy(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n").trim().to_owned()
}

/// What somebody may be told to do with the school's name before something that
/// cannot be undone.
pub(crate) fn confirmed(typed: &str, name: &str) -> Result<()> {
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").replace('’', "'").to_lowercase();
    if plain(typed) == plain(name) {
        return Ok(());
    }
    Err(Error::field("confirm", format!("Type the school’s name, ‘{name}’, to say that you mean it")))
}

/// Checks a reason that may be left out.
pub(crate) fn reason(why: &str) -> Result<Option<&str>> {
    let why = why.trim();
    if why.chars().count() > 500 {
        return Err(Error::field("why", "Give the reason in at most 500 characters"));
    }
    Ok(Some(why).filter(|why| !why.is_empty()))
}
