//! A programme with a school and somebody in every role, for tests that tell
//! stories with several, or try each address as everybody.

use crate::{House, Person};
use programme::{
    Who,
    cohort::{self, Edited},
    concern::{self, NewConcern},
    diagnosis::{self, Answer, Given, Judgement, Names, NewDiagnosis, NewFinding, NewStrength},
    item::{ItemKind, Texts},
    organisation::{self, INSTALLATION, Kind},
    plan::{self, NewAction, NewPriority},
    release::{self, NewRelease, To},
    review::{self, Letter, NewLine},
    self_view::{self, NewText},
    who::{Role, Strand},
};
use std::collections::BTreeMap;

/// A programme, its school, its funder, and somebody in every role.
pub struct Scene {
    /// What sets its names apart from another's.
    pub name: String,
    /// The programme.
    pub programme: i64,
    /// Its name in addresses.
    pub slug: String,
    /// Its cohort.
    pub cohort: i64,
    /// The cohort's name in addresses.
    pub cohort_slug: String,
    /// A school that takes part.
    pub school: i64,
    /// Who pays.
    pub funder: i64,
    /// A diagnosis of the school, agreed, in which all its people take part.
    pub diagnosis: i64,
    /// A priority of its plan, which grew from that.
    pub priority: i64,
    /// A decision to be taken.
    pub decision: i64,
    /// A review that is finished.
    pub review: i64,
    /// A note of a visit that the school was shown.
    pub note: i64,
    /// A concern that the school was shown and has answered.
    pub concern: i64,
    people: BTreeMap<Role, Person>,
}

impl Scene {
    /// Makes one. The school lets everybody who belongs to it read its own words.
    ///
    /// # Panics
    /// Where it cannot be made.
    pub async fn new(house: &House, name: &str) -> Self {
        let title = format!("Invented: Programme {name}");
        let programme = house.programme(&title).await;
        let all = cohort::programmes(&house.world).await.unwrap();
        let slug = all.into_iter().find(|one| one.id == programme).unwrap().slug;
        let (_, cohorts) = cohort::with_schools(&house.world, &Who::Console, &slug).await.unwrap();
        let (cohort, cohort_slug) = (cohorts[0].0.id, cohorts[0].0.slug.clone());
        let funder = organisation::seed(&house.world, Kind::Funder, &format!("Invented: Trust {name}")).await.unwrap();
        let edited = Edited {
            name: title,
            starts: Some(house.world.clock.today()),
            ends: Some(None),
            funder: Some(funder),
            ..Edited::default()
        };
        cohort::edit_programme(&house.world, &Who::Console, &slug, edited).await.unwrap();
        let school = house.school(&format!("Invented: School {name}"), None).await;
        house.takes_part(school, programme).await;
        let mut people = BTreeMap::new();
        for role in Role::ALL {
            let place = match role {
                Role::Administrator => INSTALLATION,
                Role::ProgrammeLead | Role::Adviser | Role::Evaluator => programme,
                Role::Funder => funder,
                _ => school,
            };
            let person = house.person(&format!("The {} of {name}", role.words()), *role, place).await;
            if *role == Role::Adviser {
                house.accompanies(&person, school, programme).await;
            }
            people.insert(*role, person);
        }
        let name = name.to_owned();
        let mut scene = Self {
            name,
            programme,
            slug,
            cohort,
            cohort_slug,
            school,
            funder,
            diagnosis: 0,
            priority: 0,
            decision: 0,
            review: 0,
            note: 0,
            concern: 0,
            people,
        };
        scene.own_words(house).await;
        scene.diagnosis = scene.looked_together(house).await;
        scene.plans(house).await;
        scene.reviews(house).await;
        scene.concerned(house).await;
        for kind in ItemKind::ALL {
            scene.release(house, *kind).await;
        }
        scene
    }

    /// The school looks at one strand, and agrees.
    async fn looked_together(&self, house: &House) -> i64 {
        let (world, school) = (&house.world, self.school);
        let head = house.caller(self.somebody(Role::Head)).await;
        let strand = Strand::Pedagogy.key().to_owned();
        let those: Vec<&Person> = Kind::School.roles().iter().map(|role| self.somebody(*role)).collect();
        let new = NewDiagnosis {
            framework: "five-strands".to_owned(),
            strands: vec![strand.clone()],
            people: those.iter().map(|person| person.id).collect(),
            due: Some(world.clock.today()),
            names: Some(Names::Hidden),
        };
        let id = diagnosis::open(world, &head, school, new).await.unwrap();
        let statements = ["p1", "p2", "p3", "p4", "p5", "p6"];
        for (at, person) in those.iter().enumerate() {
            let answer = Answer::Point(i64::try_from(at).unwrap_or_default() % 4 + 1);
            let answers = statements.iter().map(|one| ((*one).to_owned(), Some(answer), String::new())).collect();
            let given = Given { strand: strand.clone(), answers };
            diagnosis::give(world, &house.caller(person).await, school, id, given).await.unwrap();
        }
        let finding = NewFinding {
            statement: "p1".to_owned(),
            judgement: Some(Judgement::Point(2)),
            agreed: vec![1, 2],
            ..NewFinding::default()
        };
        diagnosis::settle(world, &head, school, id, finding).await.unwrap();
        let strength = NewStrength {
            statement: "p4".to_owned(),
            words: format!("{}: everybody reads aloud", self.name),
            put_to_use: "Show it to the others".to_owned(),
        };
        diagnosis::add_strength(world, &head, school, id, strength).await.unwrap();
        diagnosis::agree(world, &head, school, id).await.unwrap();
        id
    }

    /// The school opens a priority, and writes a decision down.
    async fn plans(&mut self, house: &House) {
        let (world, head) = (&house.world, house.caller(self.somebody(Role::Head)).await);
        let new = NewPriority {
            title: format!("{}: talk in every lesson", self.name),
            why: "In Year 4 few explain what they think".to_owned(),
            whom: "everybody in Years 3 and 4".to_owned(),
            strand: Some(Strand::Pedagogy),
            strategy: "eef-tl-oral-language-interventions".to_owned(),
            diagnosis: Some(self.diagnosis),
            statements: vec!["p1".to_owned()],
            beyond: String::new(),
        };
        self.priority = plan::open(world, &head, self.school, new).await.unwrap();
        self.decision = plan::ask(world, &head, self.school, "Who teaches Year 4?", "Tom\nZoe").await.unwrap();
    }

    /// An action that somebody of the school owns, a new one each time; its id.
    ///
    /// # Panics
    /// Where it cannot be added.
    pub async fn action(&self, house: &House, role: Role) -> i64 {
        let owner = if Kind::School.roles().contains(&role) { role } else { Role::Head };
        let (world, head) = (&house.world, house.caller(self.somebody(Role::Head)).await);
        let new = NewAction {
            what: "Try talk partners".to_owned(),
            owner: Some(self.somebody(owner).id),
            due: Some(world.clock.today()),
            ..NewAction::default()
        };
        plan::add(world, &head, self.school, self.priority, new).await.unwrap().0
    }

    /// The school finishes a review, and the adviser shows it the note of a visit.
    async fn reviews(&mut self, house: &House) {
        let (world, head) = (&house.world, house.caller(self.somebody(Role::Head)).await);
        self.review = review::open(world, &head, self.school).await.unwrap();
        let line = NewLine {
            letter: Some(Letter::Amber),
            reason: "Half the rooms do it".to_owned(),
            changed: "Year 3 began".to_owned(),
            next_step: "Year 4 visits Year 3".to_owned(),
            base: 0,
        };
        review::write(world, &head, self.school, self.review, self.priority, line).await.unwrap();
        let next = world.clock.today().saturating_add(jiff::Span::new().days(90));
        review::finish(world, &head, self.school, self.review, Some(next)).await.unwrap();
        let adviser = house.caller(self.somebody(Role::Adviser)).await;
        let today = Some(world.clock.today());
        self.note = review::write_note(world, &adviser, self.school, None, today, "I saw Year 3").await.unwrap();
        review::show_note(world, &adviser, self.school, self.note).await.unwrap();
    }

    /// The adviser raises a concern, and the school answers it.
    async fn concerned(&mut self, house: &House) {
        let (world, school) = (&house.world, self.school);
        let adviser = house.caller(self.somebody(Role::Adviser)).await;
        let new = NewConcern {
            programme: None,
            noticed: "Two Network Days were missed".to_owned(),
            remedy: "Come to the next, or say what would help".to_owned(),
            by_when: Some(world.clock.today().saturating_add(jiff::Span::new().days(14))),
        };
        self.concern = concern::raise(world, &adviser, school, new).await.unwrap();
        concern::show(world, &adviser, school, self.concern).await.unwrap();
        let head = house.caller(self.somebody(Role::Head)).await;
        let step = self.concern_step(house).await;
        concern::answer(world, &head, school, self.concern, step, "We had no cover").await.unwrap();
    }

    /// The step of that concern.
    ///
    /// # Panics
    /// Where its head may not read it.
    pub async fn concern_step(&self, house: &House) -> i64 {
        let head = house.caller(self.somebody(Role::Head)).await;
        let reading = concern::read(&house.world, &head, self.school, self.concern).await.unwrap();
        reading.read.last().expect("a step").id
    }

    /// The school writes of itself.
    async fn own_words(&self, house: &House) {
        let head = house.caller(self.somebody(Role::Head)).await;
        let texts = Texts::from(ItemKind::SelfView, |_| format!("{}: our children sing", self.name));
        let new = NewText { organisation: self.school, texts, base: 0, why: String::new() };
        self_view::save(&house.world, &head, new).await.unwrap();
    }

    /// The school releases something to everybody who needs that to read it.
    async fn release(&self, house: &House, kind: ItemKind) {
        let head = house.caller(self.somebody(Role::Head)).await;
        for (role, organisation) in [
            (Role::Adviser, self.programme),
            (Role::ProgrammeLead, self.programme),
            (Role::Evaluator, self.programme),
            (Role::TeamLeader, self.school),
            (Role::Teacher, self.school),
            (Role::Governor, self.school),
            (Role::PeerReviewer, self.school),
        ] {
            let to = To { role, organisation, person: None };
            let new = NewRelease { organisation: self.school, kind, item: None, to, until: None };
            release::grant(&house.world, &head, new).await.unwrap();
        }
    }

    /// The person who holds this role here.
    #[must_use]
    pub fn somebody(&self, role: Role) -> &Person {
        &self.people[&role]
    }
}
