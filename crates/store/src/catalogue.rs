//! Every SQL text of the program, each with a name.

/// One portable SQL text. Parameters are written `$1`, `$2` …
#[derive(Debug, Clone, Copy)]
pub struct Sql {
    /// Where it stands and what it is for: `programme::cohort::store::FIND`.
    pub name: &'static str,
    /// The text, the same for both databases.
    pub text: &'static str,
}

/// All texts, gathered at link time by [`statement!`](crate::statement).
#[linkme::distributed_slice]
pub static STATEMENTS: [Sql];

/// Names one SQL text and puts it into the catalogue:
/// `statement!(FIND, "SELECT … WHERE id = $1");` makes the constant `FIND`.
#[macro_export]
macro_rules! statement {
    ($(#[$doc:meta])* $name:ident, $text:expr) => {
        $(#[$doc])*
        const $name: &$crate::catalogue::Sql = {
            #[$crate::linkme::distributed_slice($crate::catalogue::STATEMENTS)]
            #[linkme(crate = $crate::linkme)]
            static ENTRY: $crate::catalogue::Sql = $crate::catalogue::Sql {
                name: concat!(module_path!(), "::", stringify!($name)),
                text: $text,
            };
            &$crate::catalogue::Sql {
                name: concat!(module_path!(), "::", stringify!($name)),
                text: $text,
            }
        };
    };
}
