//! What Ofsted's files say of the school beside its inspections.

use super::cells::{At, Cells};
use crate::school::{Fact, SchoolField, SchoolSheet};
use kernel::table::BadCell;
use kernel::{LaEstab, Urn};

/// Facts, in the order of [`SchoolField`], and the columns that state them.
pub(super) const CONTEXT: &[(SchoolField, &str)] = &[
    (SchoolField::Name, "School name"),
    (SchoolField::Phase, "Phase of education"),
    (SchoolField::Kind, "Type of education"),
    (SchoolField::LaName, "Local authority"),
    (SchoolField::Postcode, "Postcode"),
    (SchoolField::Pupils, "Total number of pupils"),
    (SchoolField::Region, "Region"),
];

/// The facts of a row; `None` where the file has no such columns.
pub(super) fn facts(
    cells: &Cells,
    urn: Urn,
    context: &[(SchoolField, usize)],
    laestab: At,
) -> Result<Option<SchoolSheet>, BadCell> {
    let mut facts = Vec::with_capacity(context.len() + 2);
    for (field, at) in context {
        let Some(text) = cells.text(Some(*at)) else {
            continue;
        };
        let fact = match field {
            SchoolField::Pupils => match text.replace(',', "").parse() {
                Ok(pupils) if (0..=100_000).contains(&pupils) => Fact::Whole(pupils),
                _ => return Err(cells.bad(Some(*at), "a number of pupils")),
            },
            SchoolField::Postcode => Fact::Text(postcode(text)),
            _ if says_nothing(text) => continue,
            _ => Fact::Text(text.to_owned()),
        };
        facts.push((*field, fact));
    }
    if let Some(text) = cells.text(laestab) {
        let laestab: LaEstab = text
            .parse()
            .map_err(|_| cells.bad(laestab, "a LAESTAB, seven digits such as 886/2345"))?;
        let number = i64::from(laestab.get());
        facts.push((SchoolField::LaCode, Fact::Whole(number / 10_000)));
        facts.push((SchoolField::EstabNumber, Fact::Whole(number % 10_000)));
    }
    facts.sort_by_key(|(field, _)| *field);
    Ok((!facts.is_empty()).then_some(SchoolSheet { urn, facts }))
}

/// A state rather than a value.
fn says_nothing(text: &str) -> bool {
    ["not applicable", "not recorded", "unknown"]
        .iter()
        .any(|state| text.eq_ignore_ascii_case(state))
}

/// Upper case, with one blank before the last three characters.
fn postcode(text: &str) -> String {
    let bare: String = text.split_whitespace().collect::<String>().to_uppercase();
    if bare.is_ascii() && bare.len() > 3 {
        let (out, inward) = bare.split_at(bare.len() - 3);
        format!("{out} {inward}")
    } else {
        bare
    }
}
