//! The file of the demo's programme, and whom one can sign in as.

use crate::say::Why;
use programme::{person::demo_secret, who::Role};
use serde::Deserialize;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use web::DemoPerson;

static FILE: &str = include_str!("../../../data/demo/programme.json");

/// The file. Days are counted back from the day on which it is loaded.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DemoFile {
    #[serde(rename = "about")]
    _about: String,
    pub(crate) password: String,
    pub(crate) programme: Programme,
    pub(crate) funder: Funder,
    pub(crate) cohort: Cohort,
    pub(crate) people: Vec<Held>,
    pub(crate) schools: Vec<School>,
    pub(crate) invited: Vec<Invited>,
    pub(crate) inviting: Vec<Inviting>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Programme {
    pub(crate) name: String,
    pub(crate) about: String,
    pub(crate) started: i32,
    pub(crate) paid_by: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Funder {
    pub(crate) name: String,
    pub(crate) people: Vec<Held>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Cohort {
    pub(crate) name: String,
    pub(crate) about: String,
    pub(crate) joined: i32,
    pub(crate) need_rule: String,
    pub(crate) good_rule: String,
}

/// A role that somebody holds or held.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Held {
    pub(crate) name: String,
    pub(crate) role: String,
    pub(crate) strand: Option<String>,
    pub(crate) since: i32,
    pub(crate) until: Option<i32>,
    pub(crate) why: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct School {
    pub(crate) name: String,
    pub(crate) cluster: String,
    pub(crate) people: Vec<Held>,
    pub(crate) adviser: Adviser,
    pub(crate) contacts: Vec<Contact>,
    pub(crate) status: Option<Stands>,
    pub(crate) self_view: Option<BTreeMap<String, String>>,
    #[serde(default)]
    pub(crate) released_to_adviser: bool,
    #[serde(default)]
    pub(crate) diagnoses: Vec<Diagnosis>,
}

/// A diagnosis. Views are opened, laid open and agreed so many days ago.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Diagnosis {
    pub(crate) framework: String,
    pub(crate) strands: Vec<String>,
    pub(crate) names: String,
    pub(crate) opened: i32,
    pub(crate) together: Option<i32>,
    pub(crate) agreed: Option<i32>,
    /// Who takes part, where some have not answered; else those with views.
    #[serde(default)]
    pub(crate) people: Vec<String>,
    pub(crate) views: Vec<View>,
    pub(crate) because: Vec<Because>,
    pub(crate) evidence: Vec<Evidence>,
    pub(crate) findings: Vec<Finding>,
    pub(crate) strengths: Vec<Strength>,
    pub(crate) signed: Option<i32>,
    pub(crate) adviser_signs: Option<i32>,
    pub(crate) differs: Vec<Differs>,
    pub(crate) released_to_adviser: bool,
}

/// What somebody says: a word for each strand, a character for each statement,
/// ‘?’ where they cannot say.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct View {
    pub(crate) who: String,
    pub(crate) answers: String,
}

/// Why they say so.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Because {
    pub(crate) who: String,
    pub(crate) statement: String,
    pub(crate) words: String,
}

/// A piece of evidence: added and of so many days ago.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Evidence {
    pub(crate) who: String,
    pub(crate) ago: i32,
    pub(crate) words: String,
    pub(crate) source: String,
    pub(crate) of: i32,
    pub(crate) weight: String,
    pub(crate) statements: Vec<String>,
}

/// What the group says; ‘*’ agrees where all do.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Finding {
    pub(crate) statement: String,
    pub(crate) judgement: String,
    pub(crate) agreed: Vec<String>,
    pub(crate) dissent: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Strength {
    pub(crate) statement: String,
    pub(crate) words: String,
    pub(crate) put_to_use: String,
}

/// What the adviser sees differently.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Differs {
    pub(crate) statement: String,
    /// The point of the scale that they would choose.
    pub(crate) point: Option<i64>,
    pub(crate) words: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Adviser {
    pub(crate) name: String,
    pub(crate) since: i32,
    pub(crate) until: Option<i32>,
    pub(crate) why: Option<String>,
    /// A tie with the school, where one was declared.
    pub(crate) tie: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Contact {
    pub(crate) kind: String,
    pub(crate) ago: i32,
    /// Days from today to the next that was agreed; less than none where it has passed.
    pub(crate) next_in: Option<i32>,
}

/// How a school takes part, as its head said.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Stands {
    pub(crate) status: String,
    pub(crate) ago: i32,
    pub(crate) reason: String,
}

/// A school that was asked and has not answered.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Invited {
    pub(crate) school: String,
    pub(crate) head: String,
    pub(crate) ago: i32,
}

/// Somebody whom a head has invited.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Inviting {
    pub(crate) school: String,
    pub(crate) name: String,
    pub(crate) role: String,
    pub(crate) ago: i32,
}

impl DemoFile {
    /// Reads the file that comes with Aspire.
    pub(crate) fn read() -> Result<Self, Why> {
        Ok(serde_json::from_str(FILE)?)
    }

    /// Everybody who has an account, once each.
    pub(crate) fn names(&self) -> Vec<String> {
        let all = self.places().into_iter().map(|(held, _)| held.name.clone());
        all.collect::<BTreeSet<String>>().into_iter().collect()
    }

    /// The programme's lead who acts in the demo.
    pub(crate) fn lead(&self) -> Result<&str, Why> {
        let mut leads = self.people.iter().filter(|held| held.role == Role::ProgrammeLead.key());
        leads
            .find(|held| held.until.is_none())
            .map(|held| held.name.as_str())
            .ok_or_else(|| "the demo has no lead".into())
    }

    /// Every role of everybody, and the place where it is held.
    fn places(&self) -> Vec<(&Held, &str)> {
        let mut all: Vec<(&Held, &str)> = Vec::new();
        all.extend(self.people.iter().map(|held| (held, self.programme.name.as_str())));
        all.extend(self.funder.people.iter().map(|held| (held, self.funder.name.as_str())));
        for school in &self.schools {
            all.extend(school.people.iter().map(|held| (held, school.name.as_str())));
        }
        all
    }

    /// The roles that hold now, each with its place and whether that is a school.
    fn now(&self) -> impl Iterator<Item = (&Held, Role, &str)> {
        self.places()
            .into_iter()
            .filter(|(held, _)| held.until.is_none())
            .filter_map(|(held, place)| Some((held, Role::from_key(&held.role)?, place)))
    }

    /// What `aspire demo --sign-ins` prints: every role of everybody, with what
    /// they sign in with.
    pub(crate) fn sign_ins(&self, admin: (&str, &str)) -> serde_json::Value {
        let administrator = json!({"role": Role::Administrator.key(), "name": ADMINISTRATOR, "email": admin.0,
            "password": admin.1, "totp_secret": demo_secret(admin.0), "school": null});
        let others = self.now().map(|(held, role, place)| {
            let school = self.schools.iter().any(|school| school.name == place).then_some(place);
            json!({"role": role.key(), "name": held.name, "email": email_of(&held.name),
                "password": self.password, "totp_secret": self.secret(&held.name), "school": school})
        });
        std::iter::once(administrator).chain(others).collect()
    }

    /// The secret of somebody's app, where a role of theirs asks for one.
    pub(crate) fn secret(&self, name: &str) -> Option<String> {
        let needs = self.now().any(|(held, role, _)| held.name == name && role.needs_second_factor());
        needs.then(|| demo_secret(&email_of(name)))
    }

    /// One person for each role, for the sign-in page.
    pub(crate) fn one_for_each_role(&self, admin_email: &str) -> Vec<DemoPerson> {
        Role::ALL
            .iter()
            .filter_map(|role| {
                if *role == Role::Administrator {
                    return Some(DemoPerson {
                        role: role.key(),
                        words: role.words().to_owned(),
                        name: ADMINISTRATOR.to_owned(),
                        email: admin_email.to_owned(),
                        place: None,
                    });
                }
                let alone = |name: &str| self.now().filter(|(held, ..)| held.name == name).count() == 1;
                let mut those: Vec<_> = self.now().filter(|(_, one, _)| one == role).collect();
                // Somebody who does nothing else shows the role best.
                those.sort_by_key(|(held, ..)| !alone(&held.name));
                let (held, _, place) = those.into_iter().next()?;
                Some(DemoPerson {
                    role: role.key(),
                    words: role.words().to_owned(),
                    name: held.name.clone(),
                    email: email_of(&held.name),
                    place: Some(place.to_owned()),
                })
            })
            .collect()
    }
}

impl School {
    /// Who is head, or was last.
    pub(crate) fn head(&self) -> Result<&str, Why> {
        let mut heads = self.people.iter().filter(|held| held.role == Role::Head.key());
        let last = heads.clone().next_back();
        let now = heads.find(|held| held.until.is_none());
        now.or(last).map(|held| held.name.as_str()).ok_or_else(|| format!("{} has no head", self.name).into())
    }
}

impl School {
    /// Who led it so many days ago: its head, or the deputy where there was none.
    pub(crate) fn led_by(&self, ago: i32) -> Result<&str, Why> {
        let then = |held: &&Held| held.since >= ago && held.until.is_none_or(|until| until < ago);
        let of = |role: Role| self.people.iter().filter(then).find(|held| held.role == role.key());
        let found = of(Role::Head).or_else(|| of(Role::Deputy));
        found.map(|held| held.name.as_str()).ok_or_else(|| format!("nobody led {} {ago} days ago", self.name).into())
    }
}

/// The name of the demo's administrator.
pub(crate) const ADMINISTRATOR: &str = "Demo administrator";

/// ‘Asha Patel’ is asha.patel@demo.example.
pub(crate) fn email_of(name: &str) -> String {
    format!("{}@demo.example", name.to_lowercase().replace(' ', "."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_is_invented_and_every_role_has_somebody() {
        let file = DemoFile::read().unwrap();
        assert!(file.schools.len() >= 16 && file.schools.iter().all(|school| school.name.starts_with("Invented: ")));
        let clusters: BTreeSet<&str> = file.schools.iter().map(|school| school.cluster.as_str()).collect();
        assert_eq!(clusters.len(), 4);
        let people = file.one_for_each_role("admin@demo.example");
        assert_eq!(
            people.iter().map(|person| person.role).collect::<Vec<_>>(),
            Role::ALL.iter().map(|role| role.key()).collect::<Vec<_>>()
        );
    }

    #[test]
    fn the_sign_ins_name_two_schools_with_a_head_each() {
        let file = DemoFile::read().unwrap();
        let all = file.sign_ins(("admin@demo.example", "four networks, thirty schools"));
        let all = all.as_array().unwrap();
        let heads: BTreeSet<&str> =
            all.iter().filter(|one| one["role"] == "head").map(|one| one["school"].as_str().unwrap()).collect();
        assert!(heads.len() >= 2);
        for one in all {
            assert_eq!(one.as_object().unwrap().len(), 6);
            assert!(one["email"].as_str().unwrap().contains('@') && one["password"].as_str().unwrap().len() >= 12);
            let needs = ["administrator", "adviser"].contains(&one["role"].as_str().unwrap());
            assert!(!needs || one["totp_secret"].is_string(), "{one}");
        }
    }
}
