//! The schools of a cohort by how they stood on joining, a page at a time.

use super::{cohort_words as words, long_list};
use kernel::words::long_date;
use programme::cohort::{CohortPath, Group, Member, Standing};
use ui::{Link, Pagination, SafeHtml, Size, Table, Tag, TagColour, cells};

/// The groups that there are, each with the way to its other pages where it is long.
pub(super) fn groups(path: &CohortPath, page: usize) -> Vec<(Table, Option<Pagination>)> {
    let slug = &path.cohort().slug;
    let mut all = Vec::new();
    for (group, caption) in [
        (Group::Followed, "Followed: stood below good on joining"),
        (Group::Elsewhere, "Stood elsewhere on joining: counted apart"),
        (Group::Unseen, "Cannot be followed, and why"),
    ] {
        let those: Vec<&Member> = path.of(group).collect();
        if those.is_empty() && group != Group::Followed {
            continue;
        }
        let href = |page: usize| format!("/cohorts/{slug}?to={}&page={page}#schools", path.to);
        let (shown, pages) = long_list::page(&those, page, href);
        let table = if group == Group::Unseen { unseen(shown) } else { members(path, shown, caption) };
        all.push((table, pages.map(|pages| pages.label(format!("Pages: {caption}")))));
    }
    all
}

fn members(path: &CohortPath, shown: &[&Member], caption: &str) -> Table {
    let rows = shown.iter().map(|member| {
        let joined = member.participation.baseline.standing.as_ref().map_or(String::new(), Standing::words);
        let after: Vec<String> = member.after.iter().map(Standing::words).collect();
        let after =
            if after.is_empty() { format!("Not inspected by {}", long_date(path.to)) } else { after.join("; ") };
        let early = if member.early {
            Tag::new("Within eight weeks").colour(TagColour::Grey).into()
        } else {
            SafeHtml::empty()
        };
        let corrected = if member.participation.corrections.is_empty() { "" } else { " (corrected)" };
        cells![
            name(member),
            format!("{joined}{corrected}"),
            SafeHtml::join([SafeHtml::from(after), early], " "),
            words::capital(&member.participation.certainty)
        ]
    });
    Table::new(caption.to_owned())
        .caption_size(Size::S)
        .head([
            "School".to_owned(),
            "On joining".to_owned(),
            format!("After joining, up to {}", long_date(path.to)),
            "Match".to_owned(),
        ])
        .rows(rows)
        .wide()
}

fn unseen(shown: &[&Member]) -> Table {
    let rows = shown.iter().map(|member| {
        let note = member.participation.note.clone();
        cells![
            name(member),
            note.map_or_else(
                || "No graded inspection up to the joining day is in the open data".to_owned(),
                |note| words::capital(&note)
            )
        ]
    });
    Table::new("Cannot be followed, and why").caption_size(Size::S).head(["School", "What is known"]).rows(rows).wide()
}

fn name(member: &Member) -> SafeHtml {
    let school = &member.participation;
    let link = match school.urn {
        Some(urn) => Link::new(format!("/schools/{urn}"), school.named.clone()).into(),
        None => SafeHtml::from(school.named.clone()),
    };
    let now = match &member.now {
        Some((urn, name)) if Some(*urn) != school.urn => SafeHtml::from(format!(" (now {name})")),
        _ => SafeHtml::empty(),
    };
    SafeHtml::join([link, now], "")
}
