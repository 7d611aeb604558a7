//! What signed-in people do all day: read, write, read what they wrote.

use super::site::{Person, Site};
use crate::{Outcome, http, link::Link, numbers::percentile};
use std::{
    sync::Arc,
    time::{Duration, Instant},
};

/// A step of a tour; what it is called in the results.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// What is next for me.
    Start,
    /// A school in its own words.
    SelfView,
    /// The form in which they are written.
    Form,
    /// The same, sent.
    Save,
    /// People of a school.
    People,
    /// A programme's schools.
    Programme,
}

impl Step {
    /// All.
    pub const ALL: [Self; 6] = [Self::Start, Self::SelfView, Self::Form, Self::Save, Self::People, Self::Programme];

    /// For a table.
    pub fn words(self) -> &'static str {
        match self {
            Self::Start => "what is next for me",
            Self::SelfView => "a school in its own words",
            Self::Form => "the form for them",
            Self::Save => "saving them (writing)",
            Self::People => "people of a school",
            Self::Programme => "a programme’s schools",
        }
    }
}

/// What somebody of a school does, over and over: eight readings, two changes.
const OF_A_SCHOOL: [Step; 10] = [
    Step::Start,
    Step::SelfView,
    Step::Form,
    Step::Save,
    Step::SelfView,
    Step::People,
    Step::Form,
    Step::Save,
    Step::SelfView,
    Step::Start,
];

/// What a programme's lead does.
const OF_A_LEAD: [Step; 2] = [Step::Programme, Step::Start];

/// Who does it and how long.
pub struct Tour {
    /// Where.
    pub site: Site,
    /// People of schools, each with a connection.
    pub people: Vec<Person>,
    /// How many of the connections are a lead's.
    pub leads: usize,
    /// How long each rests between an answer and the next question.
    pub rest: Duration,
    /// Seconds before answers count, and for how long they count.
    pub seconds: (u64, u64),
}

/// How it went.
#[derive(Default)]
pub struct Went {
    /// What was asked and how long the answer took, microseconds.
    pub took: Vec<(Step, u32)>,
    /// What went wrong.
    pub errors: Vec<String>,
    /// Changes that were acknowledged, counted or not.
    pub saved: u64,
    /// For how long answers counted.
    pub seconds: f64,
}

impl Went {
    /// Answers a second.
    pub fn rate(&self) -> f64 {
        self.took.len() as f64 / self.seconds
    }

    /// Milliseconds within which this share of these steps was answered.
    pub fn within(&self, share: f64, which: impl Fn(Step) -> bool) -> f64 {
        let mut took: Vec<u32> = self.took.iter().filter(|(step, _)| which(*step)).map(|(_, took)| *took).collect();
        took.sort_unstable();
        if took.is_empty() { f64::NAN } else { f64::from(percentile(&took, share)) / 1000.0 }
    }

    /// How many of these steps.
    pub fn count(&self, which: impl Fn(Step) -> bool) -> usize {
        self.took.iter().filter(|(step, _)| which(*step)).count()
    }
}

/// Everybody at once, until the time is over.
pub fn go(tour: Tour) -> Outcome<Went> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    runtime.map_err(|error| error.to_string())?.block_on(async {
        let tour = Arc::new(tour);
        let begins = Instant::now();
        let tasks: Vec<_> =
            (0..tour.people.len()).map(|number| tokio::spawn(one(tour.clone(), number, begins))).collect();
        let mut went = Went { seconds: tour.seconds.1 as f64, ..Went::default() };
        for task in tasks {
            let part = task.await.map_err(|error| error.to_string())?;
            went.took.extend(part.took);
            went.errors.extend(part.errors);
            went.saved += part.saved;
        }
        Ok(went)
    })
}

async fn one(tour: Arc<Tour>, number: usize, begins: Instant) -> Went {
    let counts = begins + Duration::from_secs(tour.seconds.0);
    let end = counts + Duration::from_secs(tour.seconds.1);
    let steps: &[Step] = if number < tour.leads { &OF_A_LEAD } else { &OF_A_SCHOOL };
    let mut walker = Walker::new(&tour.site, &tour.people[number], number);
    let mut went = Went::default();
    // Not all in step: each begins at another place, and at another moment where they rest.
    tokio::time::sleep(tour.rest.mul_f64(number as f64 / tour.people.len() as f64)).await;
    let mut at = if number < tour.leads { 0 } else { [0, 4, 5, 8][number % 4] };
    while Instant::now() < end {
        let step = steps[at % steps.len()];
        at += 1;
        let started = Instant::now();
        let outcome = walker.take(step).await;
        let took = started.elapsed();
        match outcome {
            Err(why) => {
                went.errors.push(format!("{}: {why}", step.words()));
                // From the beginning: what a form said is old.
                at = 0;
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            Ok(()) => {
                went.saved += u64::from(step == Step::Save);
                if started >= counts {
                    went.took.push((step, u32::try_from(took.as_micros()).unwrap_or(u32::MAX)));
                }
            }
        }
        if !tour.rest.is_zero() {
            tokio::time::sleep(tour.rest).await;
        }
    }
    went
}

/// Somebody on their way, with what they have seen.
pub struct Walker<'a> {
    site: &'a Site,
    person: &'a Person,
    link: Link,
    number: usize,
    round: usize,
    /// What the form said: the session's token, the revision.
    form: (String, String),
    /// What they wrote last, which has to be there from then on.
    wrote: String,
}

impl<'a> Walker<'a> {
    /// Who has not asked yet.
    pub fn new(site: &'a Site, person: &'a Person, number: usize) -> Self {
        let (form, wrote) = ((String::new(), String::new()), String::new());
        Self { site, person, link: Link::to(&site.address), number, round: 0, form, wrote }
    }

    /// Asks, and looks whether the answer is what it has to be.
    pub async fn take(&mut self, step: Step) -> Outcome<()> {
        let (site, school) = (self.site, &self.person.school);
        if step == Step::Save {
            return self.save().await;
        }
        self.round += 1;
        let (target, who, holds) = match step {
            Step::Start => ("/start".to_owned(), self.person, &site.start_holds),
            Step::People => (format!("/organisations/{school}/people"), self.person, &self.person.name),
            Step::SelfView => (format!("/organisations/{school}/self-view"), self.person, &self.person.name),
            Step::Form => (format!("/organisations/{school}/self-view/edit"), self.person, &site.form_holds),
            Step::Programme | Step::Save => {
                let target = format!("/programmes/{}?page={}", site.programme, self.round / 2 % 10 + 1);
                (target, &site.lead, &site.programme_holds)
            }
        };
        let who = if self.number < site.leads && step == Step::Start { &site.lead } else { who };
        let answer = self.link.ask(&http::request_by(&site.address, &target, &who.cookies, None)).await?;
        if answer.status != 200 {
            return Err(format!("status {} {}", answer.status, answer.location));
        }
        let page = std::str::from_utf8(&answer.body).map_err(|error| error.to_string())?;
        for wanted in ["</html>", holds] {
            if !page.contains(wanted) {
                return Err(format!("the answer lacks ‘{wanted}’"));
            }
        }
        if step == Step::SelfView && !page.contains(&self.wrote) {
            return Err(format!("what was acknowledged is lost: ‘{}’", self.wrote));
        }
        if step == Step::Form {
            let value = |name: &str| field(page, name).ok_or_else(|| format!("the form lacks {name}"));
            self.form = (value(site.token)?, value("revision")?);
        }
        Ok(())
    }

    async fn save(&mut self) -> Outcome<()> {
        self.round += 1;
        let site = self.site;
        let wrote = format!("Person {} wrote this as number {}.", self.number, self.round);
        let mut form = format!("{}={}&revision={}", site.token, self.form.0, self.form.1);
        for (at, name) in site.fields.iter().enumerate() {
            let more = if at == 0 { wrote.as_str() } else { "" };
            form.push_str(&format!("&{name}={}", format!("{}{more}", site.text).replace(' ', "+")));
        }
        let target = format!("/organisations/{}/self-view/edit", self.person.school);
        let request = http::request_by(&site.address, &target, &self.person.cookies, Some(&form));
        let answer = self.link.ask(&request).await?;
        if !matches!(answer.status, 302 | 303) || !answer.location.ends_with(site.saved) {
            return Err(format!("status {} {}", answer.status, answer.location));
        }
        self.wrote = wrote;
        // The next change begins from this one.
        let revision: u64 = self.form.1.parse().map_err(|_| "a revision is no number".to_owned())?;
        self.form.1 = (revision + 1).to_string();
        Ok(())
    }
}

/// The value of a hidden field of a page's last form.
pub fn field(page: &str, name: &str) -> Option<String> {
    let at = page.rfind(&format!("name=\"{name}\" value=\""))?;
    let rest = &page[at + name.len() + 15..];
    rest.split('"').next().map(str::to_owned)
}
