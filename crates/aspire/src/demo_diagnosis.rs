//! The demo's diagnoses: what invented people say of their invented schools, each
//! on the day on which they would have.

use crate::{
    demo_file::{Diagnosis, School},
    demo_programme::Seeding,
    say::Why,
};
use jiff::ToSpan as _;
use programme::{
    Who,
    diagnosis::{
        self, Answer, Framework, Given, Judgement, Names, NewDiagnosis, NewEvidence, NewFinding, NewStrength, Strand,
        Weight,
    },
    item::ItemKind,
    release::{self, NewRelease, To},
    who::{Caller, Held, Known, Role, Strand as Led},
};

impl Seeding<'_> {
    /// A school's diagnoses.
    pub(crate) async fn diagnoses(&self, school: &School, id: i64) -> Result<(), Why> {
        for one in &school.diagnoses {
            self.diagnosis(school, id, one).await?;
        }
        Ok(())
    }

    /// One of them.
    pub(crate) async fn diagnosis(&self, school: &School, id: i64, file: &Diagnosis) -> Result<(), Why> {
        let framework = diagnosis::framework(&file.framework, None).ok_or("the demo has no such framework")?;
        let names: Vec<&str> = match file.people.is_empty() {
            true => file.views.iter().map(|view| view.who.as_str()).collect(),
            false => file.people.iter().map(String::as_str).collect(),
        };
        let people = names.iter().map(|name| self.id(name)).collect::<Result<Vec<i64>, Why>>()?;
        let then = self.then(file.opened);
        let due = self.day(file.together.unwrap_or(file.opened - DAYS_FOR_VIEWS));
        let new = NewDiagnosis {
            framework: file.framework.clone(),
            strands: file.strands.clone(),
            people,
            due: Some(due),
            names: Names::from_key(&file.names),
        };
        let head = school.led_by(file.opened)?;
        let one = diagnosis::open(&then, &self.as_held(school, head, id, file.opened)?, id, new).await?;
        self.views(school, id, one, file, framework).await?;
        self.meeting(school, id, one, file, framework).await
    }

    /// What each of them says, one after the other.
    async fn views(
        &self,
        school: &School,
        id: i64,
        one: i64,
        file: &Diagnosis,
        framework: &Framework,
    ) -> Result<(), Why> {
        let last = file.together.unwrap_or(1);
        let many = i32::try_from(file.views.len()).unwrap_or(1).max(1);
        for (at, view) in (1..).zip(&file.views) {
            let ago = file.opened - (file.opened - last) * at / many;
            let who = self.as_held(school, &view.who, id, ago)?;
            for (strand, answers) in file.strands.iter().zip(view.answers.split(' ')) {
                let strand = framework.strand(strand).ok_or("the demo has no such strand")?;
                let given = Given { strand: strand.key(), answers: answered(file, &view.who, strand, answers) };
                diagnosis::give(&self.then(ago), &who, id, one, given).await?;
            }
        }
        Ok(())
    }

    /// What the group writes down, agrees and signs.
    async fn meeting(
        &self,
        school: &School,
        id: i64,
        one: i64,
        file: &Diagnosis,
        framework: &Framework,
    ) -> Result<(), Why> {
        let mut evidence: Vec<_> = file.evidence.iter().collect();
        evidence.sort_by_key(|piece| std::cmp::Reverse(piece.ago));
        for piece in evidence {
            let new = NewEvidence {
                words: piece.words.clone(),
                source: piece.source.clone(),
                on: Some(self.day(piece.of)),
                weight: Weight::from_key(&piece.weight),
                statements: piece.statements.clone(),
            };
            let who = self.as_held(school, &piece.who, id, piece.ago)?;
            diagnosis::add_evidence(&self.then(piece.ago), &who, id, one, new).await?;
        }
        let Some(ago) = file.agreed else { return Ok(()) };
        let (then, head) = (self.then(ago), self.as_held(school, school.led_by(ago)?, id, ago)?);
        let participants = diagnosis::read(&then, &head, id, one).await?.participants;
        for finding in &file.findings {
            let everybody = finding.agreed.iter().any(|name| name == "*");
            let those = participants.iter().filter(|person| everybody || finding.agreed.contains(&person.name));
            let new = NewFinding {
                statement: finding.statement.clone(),
                judgement: Judgement::from_key(&finding.judgement, framework),
                agreed: those.map(|person| person.number).collect(),
                dissent: finding.dissent.clone(),
                base: 0,
            };
            diagnosis::settle(&then, &head, id, one, new).await?;
        }
        for strength in &file.strengths {
            let new = NewStrength {
                statement: strength.statement.clone(),
                words: strength.words.clone(),
                put_to_use: strength.put_to_use.clone(),
            };
            diagnosis::add_strength(&then, &head, id, one, new).await?;
        }
        diagnosis::agree(&then, &head, id, one).await?;
        if let Some(ago) = file.signed {
            let head = self.as_held(school, school.led_by(ago)?, id, ago)?;
            diagnosis::sign(&self.then(ago), &head, id, one).await?;
        }
        if file.released_to_adviser {
            self.to_the_adviser(school, id, one, file).await?;
        }
        Ok(())
    }

    /// The adviser reads it, puts beside it what they see differently, and signs.
    async fn to_the_adviser(&self, school: &School, id: i64, one: i64, file: &Diagnosis) -> Result<(), Why> {
        let released = file.signed.or(file.agreed).unwrap_or_default();
        let head = self.as_held(school, school.led_by(released)?, id, released)?;
        let name = &school.adviser.name;
        let to = To { role: Role::Adviser, organisation: self.programme, person: Some(self.id(name)?) };
        let new = NewRelease { organisation: id, kind: ItemKind::Diagnosis, item: Some(one), to, until: None };
        release::grant(&self.then(released), &head, new).await?;
        let Some(ago) = file.adviser_signs else { return Ok(()) };
        let (then, adviser) = (self.then(ago), self.acting(name, Role::Adviser, self.programme, ago)?);
        diagnosis::read(&then, &adviser, id, one).await?;
        for differs in &file.differs {
            let point = differs.point.map(|point| point.to_string()).unwrap_or_default();
            let says = diagnosis::Otherwise { statement: &differs.statement, point: &point, words: &differs.words };
            diagnosis::differ(&then, &adviser, id, one, says).await?;
        }
        diagnosis::sign(&then, &adviser, id, one).await?;
        Ok(())
    }

    /// Somebody as one who asks, in the roles that they held in the school then.
    pub(crate) fn as_held(&self, school: &School, name: &str, organisation: i64, ago: i32) -> Result<Who, Why> {
        let held = school
            .people
            .iter()
            .filter(|held| held.name == name && held.since >= ago && held.until.is_none_or(|until| until < ago));
        let roles: Vec<Held> = held
            .filter_map(|held| {
                let strand = held.strand.as_deref().and_then(Led::from_key);
                Some(Held { role: Role::from_key(&held.role)?, organisation, strand })
            })
            .collect();
        if roles.is_empty() {
            return Err(format!("{name} held no role in {} {ago} days ago", school.name).into());
        }
        let today = self.today.saturating_sub(ago.days());
        Ok(Who::Person(Caller {
            id: self.id(name)?,
            name: name.to_owned(),
            roles: roles.into(),
            reads_only: false,
            known: Known::default(),
            today,
        }))
    }
}

/// How long after opening views are given, where nothing else is said.
const DAYS_FOR_VIEWS: i32 = 14;

/// ‘34?2’ as answers, each with its reason where one was given.
fn answered(file: &Diagnosis, who: &str, strand: &Strand, answers: &str) -> Vec<(String, Option<Answer>, String)> {
    let one = |(statement, answer): (&diagnosis::Statement, char)| {
        let reason = file.because.iter().find(|one| one.who == who && one.statement == statement.id);
        let answer = match answer.to_digit(10) {
            Some(value) => Answer::Point(i64::from(value)),
            None => Answer::Unsure,
        };
        (statement.id.clone(), Some(answer), reason.map(|one| one.words.clone()).unwrap_or_default())
    };
    strand.statements().zip(answers.chars()).map(one).collect()
}
