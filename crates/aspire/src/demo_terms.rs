//! The demo's terms: plans, tests, decisions, reviews and notes of the invented
//! schools, each written on the day on which people would have.

use crate::{
    demo_file::School,
    demo_programme::Seeding,
    demo_terms_events::{What, happens},
    demo_terms_file::{Priority, Release, Story},
    say::Why,
};
use jiff::ToSpan as _;
use kernel::Date;
use programme::{
    Who, World,
    concern::{self, NewConcern},
    diagnosis,
    item::ItemKind,
    plan::{self, Decided, How, NewAction, NewCriterion, NewPriority, NewValue, State, Step, Verdict},
    release::{self, NewRelease, To},
    review::{self, Letter},
    school_export,
    who::{Role, Strand},
};
use std::{cmp::Reverse, collections::BTreeMap};

/// Where a story is told.
struct Telling<'a> {
    seeding: &'a Seeding<'a>,
    school: &'a School,
    story: &'a Story,
    id: i64,
    /// What was made, by kind and places.
    made: BTreeMap<(&'static str, usize, usize), i64>,
    /// The review that was finished last.
    reviewed: Option<i64>,
    /// The days of reviews, as days ago.
    reviews: Vec<i32>,
}

impl Seeding<'_> {
    /// Tells a school's story, day by day.
    pub(crate) async fn terms(&self, school: &School, id: i64, story: &Story) -> Result<(), Why> {
        let mut telling =
            Telling { seeding: self, school, story, id, made: BTreeMap::new(), reviewed: None, reviews: Vec::new() };
        let mut events = happens(story);
        telling.review_days(&mut events).await?;
        // The order within a day is that of the story.
        events.sort_by_key(|(ago, _)| Reverse(*ago));
        for (ago, what) in events {
            telling.happen(ago, what).await.map_err(|why| format!("{}, {ago} days ago: {why}", school.name))?;
        }
        Ok(())
    }
}

impl<'a> Telling<'a> {
    fn then(&self, ago: i32) -> World {
        self.seeding.then(ago)
    }

    /// Whoever leads the school on a day: its head, or the deputy where there is none.
    fn leader(&self, ago: i32) -> Result<Who, Why> {
        self.seeding.as_held(self.school, self.school.led_by(ago)?, self.id, ago)
    }

    fn one(&self, kind: &'static str, at: usize, which: usize) -> Result<i64, Why> {
        self.made.get(&(kind, at, which)).copied().ok_or_else(|| format!("no {kind} {at} {which} yet").into())
    }

    /// A review near the end of each term, while there is something to review;
    /// the calendar says when terms end, whatever today is.
    async fn review_days(&mut self, events: &mut Vec<(i32, What<'a>)>) -> Result<(), Why> {
        let Some(first) = self.story.plan.iter().map(|one| one.opened).max() else { return Ok(()) };
        let today = self.seeding.today;
        let last = self.story.exported.unwrap_or(0);
        let calendar = review::read(&self.then(last), &self.leader(last)?, self.id).await?.calendar;
        let days: Vec<Date> =
            calendar.all_terms().iter().map(|term| term.last.saturating_sub(BEFORE_END.days())).collect();
        let after = |day: Date| {
            let next = days.iter().copied().find(|one| one.saturating_sub(30.days()) > day);
            next.unwrap_or_else(|| day.saturating_add(100.days()))
        };
        let ago = |day: Date| day.until(today).map_or(0, |span| span.get_days());
        let now = self.story.review_now.as_ref();
        let recent = now.map_or(0, |now| now.ago + 30);
        for day in days.iter().copied().filter(|day| ago(*day) < first && ago(*day) > recent.max(last + 2)) {
            events.push((ago(day), What::Review { finished: true, next: after(day) }));
            self.reviews.push(ago(day));
        }
        // Reviews can be released once one is finished.
        let earliest = self.reviews.iter().copied().max().unwrap_or(0);
        for (ago, what) in events.iter_mut() {
            if matches!(what, What::Release(one) if one.kind == ItemKind::Review.key()) {
                *ago = (earliest - 1).min(*ago);
            }
        }
        if let Some(now) = now {
            let next = after(self.seeding.day(now.ago));
            events.push((now.ago, What::Review { finished: now.finished, next }));
            self.reviews.push(now.ago);
        }
        Ok(())
    }

    async fn happen(&mut self, ago: i32, what: What<'a>) -> Result<(), Why> {
        match what {
            What::Open(..) | What::Close(..) | What::Criterion(..) | What::Value(..) => self.priority(ago, what).await,
            What::Add(..) | What::Mark(..) => self.action(ago, what).await,
            What::Plan(..) | What::Did(..) | What::Learned(..) => self.test(ago, what).await,
            What::Ask(..) | What::Opine(..) | What::Decide(..) => self.decision(ago, what).await,
            What::Review { finished, next } => self.review(ago, finished, next).await,
            What::Write(..) | What::Show(..) | What::Comment(..) | What::Final(..) | What::Beside(..) => {
                self.adviser(ago, what).await
            }
            What::Concern(..) | What::ShowConcern | What::Answer(..) => self.concern(ago, what).await,
            What::Release(one) => self.release(ago, one).await,
            What::Export => {
                school_export::export(&self.then(ago), &self.leader(ago)?, self.id).await?;
                Ok(())
            }
        }
    }

    async fn priority(&mut self, ago: i32, what: What<'a>) -> Result<(), Why> {
        let (then, who) = (self.then(ago), self.leader(ago)?);
        match what {
            What::Open(at, one) => {
                let looked = diagnosis::list(&then, &who, self.id).await?;
                let now = then.now();
                let agreed = looked.all.iter().find(|one| one.diagnosis.agreed_at.is_some_and(|at| at <= now));
                let new = NewPriority {
                    title: one.title.clone(),
                    why: one.why.clone(),
                    whom: one.whom.clone(),
                    strand: Strand::from_key(&one.strand),
                    strategy: one.strategy.clone(),
                    diagnosis: agreed.map(|one| one.diagnosis.id),
                    statements: one.from.clone(),
                    beyond: String::new(),
                };
                let id = plan::open(&then, &who, self.id, new).await?;
                self.made.insert(("priority", at, 0), id);
            }
            What::Close(at, one) => {
                let closed = one.closed.as_ref().ok_or("it is not closed")?;
                let how = How::from_key(&closed.how);
                plan::close(&then, &who, self.id, self.one("priority", at, 0)?, how, &closed.why).await?;
            }
            What::Criterion(at, which, one) => {
                let new = NewCriterion {
                    measure: one.measure.clone(),
                    baseline: one.baseline.clone(),
                    target: one.target.clone(),
                    by: Some(self.seeding.today.saturating_add(one.by_in.days())),
                    who: one.who.clone(),
                };
                let (id, _) = plan::add_criterion(&then, &who, self.id, self.one("priority", at, 0)?, new).await?;
                self.made.insert(("measure", at, which), id);
            }
            What::Value(at, which, value, note) => {
                let new = NewValue { on: Some(self.seeding.day(ago)), value: value.to_string(), note: note.to_owned() };
                plan::measure(&then, &who, self.id, self.one("measure", at, which)?, new).await?;
            }
            _ => {}
        }
        Ok(())
    }

    async fn action(&mut self, ago: i32, what: What<'a>) -> Result<(), Why> {
        let then = self.then(ago);
        match what {
            What::Add(at, which, one) => {
                let new = NewAction {
                    what: one.what.clone(),
                    owner: Some(self.seeding.id(&one.owner)?),
                    due: Some(self.seeding.today.saturating_add(one.due_in.days())),
                    supporter: one.helper.clone(),
                    done_means: one.done_means.clone(),
                    after: None,
                };
                let priority = self.one("priority", at, 0)?;
                let (id, _) = plan::add(&then, &self.leader(ago)?, self.id, priority, new).await?;
                self.made.insert(("action", at, which), id);
            }
            What::Mark(at, which, n, one) => {
                let mark = one.marks.get(n).ok_or("no such mark")?;
                let state = State::from_key(&mark.state);
                let who = match state {
                    Some(State::Dropped) => self.leader(ago)?,
                    _ => self.seeding.as_held(self.school, &one.owner, self.id, ago)?,
                };
                plan::mark(&then, &who, self.id, self.one("action", at, which)?, state, &mark.why).await?;
            }
            _ => {}
        }
        Ok(())
    }

    async fn test(&mut self, ago: i32, what: What<'a>) -> Result<(), Why> {
        let (then, who) = (self.then(ago), self.leader(ago)?);
        let (at, which, step) = match what {
            What::Plan(at, which, one) => {
                let priority = self.one("priority", at, 0)?;
                let id = plan::plan_trial(&then, &who, self.id, priority, &one.planned, &one.prediction).await?;
                self.made.insert(("test", at, which), id);
                return Ok(());
            }
            What::Did(at, which, words) => (at, which, Step::Did(words.to_owned())),
            What::Learned(at, which, one) => {
                let learned = one.learned.as_ref().ok_or("nothing was learned")?;
                let step = Step::Closed {
                    learned: learned.words.clone(),
                    verdict: Verdict::from_key(&learned.verdict),
                    words: learned.then.clone(),
                };
                (at, which, step)
            }
            _ => return Ok(()),
        };
        Ok(plan::step_trial(&then, &who, self.id, self.one("test", at, which)?, step).await?)
    }

    async fn decision(&mut self, ago: i32, what: What<'a>) -> Result<(), Why> {
        let (then, who) = (self.then(ago), self.leader(ago)?);
        match what {
            What::Ask(at, one) => {
                let id = plan::ask(&then, &who, self.id, &one.question, &one.options.join("\n")).await?;
                self.made.insert(("decision", at, 0), id);
            }
            What::Opine(at, n, one) => {
                let opinion = one.opinions.get(n).ok_or("no such opinion")?;
                let who = self.seeding.as_held(self.school, &opinion.who, self.id, ago)?;
                plan::opine(&then, &who, self.id, self.one("decision", at, 0)?, &opinion.words).await?;
            }
            What::Decide(at, one) => {
                let decided = one.decided.as_ref().ok_or("nothing was decided")?;
                let new = Decided {
                    decided: decided.words.clone(),
                    agreed: decided.agreed.clone(),
                    dissent: decided.dissent.clone(),
                    again_on: Some(decided.again_in.map(|days| self.seeding.today.saturating_add(days.days()))),
                };
                plan::decide(&then, &who, self.id, self.one("decision", at, 0)?, new).await?;
            }
            _ => {}
        }
        Ok(())
    }

    /// A review: of each open priority what its story says of it this time.
    async fn review(&mut self, ago: i32, finished: bool, next: Date) -> Result<(), Why> {
        let (then, who) = (self.then(ago), self.leader(ago)?);
        let id = review::open(&then, &who, self.id).await?;
        let open = |one: &Priority| one.opened >= ago && one.closed.as_ref().is_none_or(|closed| closed.ago <= ago);
        for (at, one) in self.story.plan.iter().enumerate().filter(|(_, one)| open(one)) {
            if !finished && at > 0 {
                // It is held just now: one priority is written, the others are not yet.
                break;
            }
            let ended = one.closed.as_ref().map_or(0, |closed| closed.ago);
            let later = self.reviews.iter().filter(|other| **other < ago && **other >= ended).count();
            let said = one.reviews.len().checked_sub(later + 1).and_then(|at| one.reviews.get(at));
            let said = said.or(one.reviews.first()).ok_or("it is not said what a review says")?;
            let new = review::NewLine {
                letter: Letter::from_key(&said.letter),
                reason: said.reason.clone(),
                changed: said.changed.clone(),
                next_step: said.next.clone(),
                base: 0,
            };
            review::write(&then, &who, self.id, id, self.one("priority", at, 0)?, new).await?;
        }
        if finished {
            review::finish(&then, &who, self.id, id, Some(next)).await?;
            self.reviewed = Some(id);
        }
        Ok(())
    }

    /// What the adviser writes, and the school beside it.
    async fn adviser(&mut self, ago: i32, what: What<'a>) -> Result<(), Why> {
        let then = self.then(ago);
        let who = self.seeding.acting(&self.school.adviser.name, Role::Adviser, self.seeding.programme, ago)?;
        match what {
            What::Write(at, one) => {
                let on = Some(self.seeding.day(ago));
                let id = review::write_note(&then, &who, self.id, None, on, &one.words).await?;
                self.made.insert(("note", at, 0), id);
            }
            What::Show(at) => {
                review::show_note(&then, &who, self.id, self.one("note", at, 0)?).await?;
            }
            What::Comment(at, words) => {
                review::comment(&then, &self.leader(ago)?, self.id, self.one("note", at, 0)?, words).await?;
            }
            What::Final(at) => review::make_final(&then, &who, self.id, self.one("note", at, 0)?).await?,
            What::Beside(one) => {
                let review = self.reviewed.ok_or("no review is finished yet")?;
                let priority = one.priority.map(|at| self.one("priority", at, 0)).transpose()?;
                let letter = one.letter.as_deref().and_then(Letter::from_key);
                review::see_otherwise(&then, &who, self.id, review, priority, letter, &one.words).await?;
            }
            _ => {}
        }
        Ok(())
    }

    /// What the adviser raises about taking part, and what the school says to it.
    async fn concern(&mut self, ago: i32, what: What<'a>) -> Result<(), Why> {
        let then = self.then(ago);
        let who = self.seeding.acting(&self.school.adviser.name, Role::Adviser, self.seeding.programme, ago)?;
        match what {
            What::Concern(one) => {
                let new = NewConcern {
                    programme: None,
                    noticed: one.noticed.clone(),
                    remedy: one.remedy.clone(),
                    by_when: Some(self.seeding.day(ago).saturating_add(one.within.days())),
                };
                let id = concern::raise(&then, &who, self.id, new).await?;
                self.made.insert(("concern", 0, 0), id);
            }
            What::ShowConcern => {
                concern::show(&then, &who, self.id, self.one("concern", 0, 0)?).await?;
            }
            What::Answer(words) => {
                let (leader, id) = (self.leader(ago)?, self.one("concern", 0, 0)?);
                let reading = concern::read(&then, &leader, self.id, id).await?;
                let step = reading.read.last().ok_or("the school was shown nothing")?.id;
                concern::answer(&then, &leader, self.id, id, step, words).await?;
            }
            _ => {}
        }
        Ok(())
    }

    async fn release(&self, ago: i32, one: &Release) -> Result<(), Why> {
        let kind = ItemKind::ALL.iter().copied().find(|kind| kind.key() == one.kind).ok_or("no such kind")?;
        let organisation = self.seeding.programme;
        let to = match one.to.as_str() {
            "adviser" => {
                To { role: Role::Adviser, organisation, person: Some(self.seeding.id(&self.school.adviser.name)?) }
            }
            "governors" => To { role: Role::Governor, organisation: self.id, person: None },
            _ => To { role: Role::ProgrammeLead, organisation, person: None },
        };
        let new = NewRelease { organisation: self.id, kind, item: None, to, until: None };
        release::grant(&self.then(ago), &self.leader(ago)?, new).await?;
        Ok(())
    }
}

/// So many days before a term ends its review is held.
const BEFORE_END: i32 = 12;
