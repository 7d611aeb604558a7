//! What pages of people share: who does what since when, what is vacant, who is
//! invited.

use super::{imports::capital, programme_words, school_record::moment};
use kernel::{Date, Timestamp, words::long_date};
use programme::{
    invitation::{Invitation, State as Stands},
    role::{Member, RoleHeld, Vacancy},
    who::{Role, Strand},
};
use ui::{Button, Errors, Link, Radios, SafeHtml, Select, Table, cells};

/// Somebody’s role today, or to come.
pub(super) struct Now<'a> {
    pub(super) member: &'a Member,
    pub(super) held: &'a RoleHeld,
}

/// The roles that hold today or are to come: heads first, then by role and name.
pub(super) fn now(people: &[Member], today: Date) -> Vec<Now<'_>> {
    let mut all: Vec<Now<'_>> = people
        .iter()
        .flat_map(|member| member.roles.iter().map(move |held| Now { member, held }))
        .filter(|one| one.held.until.is_none_or(|until| today < until))
        .collect();
    all.sort_by_key(|one| (one.held.role, one.held.strand, one.member.name.to_lowercase()));
    all
}

/// What was before, by role: ‘Headteacher from 1 September 2020 to 1 September 2026: Sam O’Neill (retired)’.
pub(super) fn before(people: &[Member], today: Date) -> Vec<String> {
    let mut all: Vec<(&RoleHeld, &Member)> = people
        .iter()
        .flat_map(|member| member.roles.iter().map(move |held| (held, member)))
        .filter(|(held, _)| held.until.is_some_and(|until| until <= today))
        .collect();
    all.sort_by_key(|(held, _)| (held.role, held.strand, std::cmp::Reverse(held.until)));
    all.iter()
        .map(|(held, member)| {
            let until = held.until.map_or_else(String::new, |until| format!(" to {}", long_date(until)));
            let why = held.ended_why.as_ref().map_or_else(String::new, |why| format!(" ({why})"));
            format!("{} from {}{until}: {}{why}", capital(&held.words()), long_date(held.since), member.name)
        })
        .collect()
}

/// Whether a page lets its reader change things, and shows addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reader {
    /// They keep these people.
    Keeps,
    /// They look.
    Looks,
}

/// The table of who does what; `end` is the address under which a role is ended.
pub(super) fn table(caption: &str, now: &[Now<'_>], today: Date, reader: Reader, end: impl Fn(i64) -> String) -> Table {
    let keeps = reader == Reader::Keeps;
    let mut heads = vec!["What", "Who", "Since"];
    if keeps {
        heads.extend(["Address", "Change"]);
    }
    let mut table = Table::new(caption.to_owned()).hidden_caption().head(heads).row_heads().wide();
    for one in now {
        let since = match (one.held.since > today, one.held.until) {
            (true, _) => format!("from {}", long_date(one.held.since)),
            (false, Some(until)) => format!("{} (until {})", long_date(one.held.since), long_date(until)),
            (false, None) => long_date(one.held.since),
        };
        let mut row = cells![capital(&one.held.words()), &one.member.name, since].to_vec();
        if keeps {
            row.push(SafeHtml::from(one.member.email.clone()));
            row.push(match one.held.until {
                Some(_) => SafeHtml::empty(),
                None => Link::new(end(one.held.id), "End this role")
                    .hidden(format!(": {}, {}", one.member.name, one.held.words()))
                    .into(),
            });
        }
        table = table.row(row);
    }
    table
}

/// What nobody does.
pub(super) fn vacancies(all: &[Vacancy]) -> Vec<String> {
    all.iter().map(programme_words::vacancy).collect()
}

/// An invitation with its buttons, where it can be sent again or taken back.
pub(super) struct Asked {
    pub(super) id: i64,
    pub(super) words: String,
    pub(super) buttons: Option<(Button, Button)>,
}

/// Invitations that were not accepted, the latest first.
pub(super) fn asked(all: &[Invitation], now: Timestamp) -> Vec<Asked> {
    all.iter()
        .filter(|one| one.state(now) != Stands::Accepted)
        .map(|one| {
            let state = one.state(now);
            let until = match state {
                Stands::Open => format!(" until {}", moment(one.expires_at)),
                _ => String::new(),
            };
            let open = matches!(state, Stands::Open | Stands::Expired);
            Asked {
                id: one.id,
                words: format!(
                    "{}, {}, as {}: {}{until}",
                    one.name,
                    one.email,
                    one.role_words(),
                    state.words().to_lowercase()
                ),
                buttons: open.then(|| {
                    (Button::new("Send again").secondary().once(), Button::new("Take back").secondary().once())
                }),
            }
        })
        .collect()
}

/// The field that asks for a role, of those that an organisation has.
pub(super) fn role_field(roles: &[Role], chosen: &str, errors: &Errors) -> Radios {
    let radios = Radios::new("role", "What are they to be?").chosen(chosen);
    roles.iter().fold(radios, |radios, role| radios.choice(role.key(), capital(role.words()))).errors(errors)
}

/// The field that asks for a strand.
pub(super) fn strand_field(chosen: &str, errors: &Errors) -> Select {
    Select::new("strand", "Which strand, if they lead one?")
        .option("", "None")
        .options(Strand::ALL.iter().map(|strand| (strand.key(), strand.words())))
        .chosen(chosen)
        .errors(errors)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn member(name: &str, role: Role, since: Date, until: Option<Date>) -> Member {
        let held =
            RoleHeld { id: 1, person: 1, role, strand: None, since, until, ended_why: until.map(|_| "retired".into()) };
        Member { person: 1, name: name.into(), email: "a@example.org".into(), roles: vec![held] }
    }

    #[test]
    fn a_change_of_head_is_told_with_its_days() {
        let (then, change, today) = (date(2020, 9, 1), date(2026, 9, 1), date(2026, 11, 24));
        let people =
            [member("Sam <b>", Role::Head, then, Some(change)), member("Asha Patel", Role::Head, change, None)];
        let now = now(&people, today);
        assert_eq!(now.len(), 1);
        assert_eq!(
            before(&people, today),
            ["Headteacher from 1 September 2020 to 1 September 2026: Sam <b> (retired)"]
        );
        let html = table("People", &now, today, Reader::Looks, |id| format!("/x/{id}")).to_string();
        assert!(html.contains("Asha Patel") && !html.contains("a@example.org"), "{html}");
        let html = table("People", &now, today, Reader::Keeps, |id| format!("/x/{id}")).to_string();
        assert!(html.contains("a@example.org") && html.contains("href=\"/x/1\""), "{html}");
    }
}
