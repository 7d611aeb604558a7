//! One page for governors: three sentences, the path of the school, what it works
//! on, and what to ask. Made of what the reader may see.

use super::words::{capital, sentence, short, stop};
use crate::{
    diagnosis::Meeting,
    plan::{Plan, Priority},
    review::{Letter, Reading, Review},
    self_view::SelfView,
};
use kernel::{
    Date,
    words::{long_date, number},
};
use papers::paper::{Block, Grid, Level, Marks};

/// So many questions: a meeting has time for no more.
const QUESTIONS: usize = 5;

/// What the reader may know.
pub(super) struct Knows<'a> {
    pub(super) view: Option<&'a SelfView>,
    pub(super) meeting: Option<&'a Meeting>,
    pub(super) plan: Option<&'a Plan>,
    pub(super) reviews: Option<&'a Reading>,
    pub(super) today: Date,
}

impl Knows<'_> {
    fn latest(&self) -> Option<(&Reading, &Review)> {
        let reviews = self.reviews?;
        Some((reviews, reviews.reviews.iter().find(|one| one.finished_at.is_some())?))
    }

    /// What the school works on, as far as the reader may know.
    fn priorities(&self) -> Vec<&Priority> {
        let open =
            |plan: &'_ Plan| plan.priorities.iter().filter(|one| one.closed.is_none()).map(|one| one.id).collect();
        let ids: Vec<i64> = match (self.plan, self.latest()) {
            (Some(plan), _) => open(plan),
            (None, Some((reviews, _))) => open(&reviews.plan),
            (None, None) => Vec::new(),
        };
        let plan = self.plan.or(self.reviews.map(|reviews| &reviews.plan));
        ids.into_iter().filter_map(|id| plan?.priority(id)).collect()
    }
}

/// The page, and before which block the picture of the path stands.
pub(super) fn blocks(knows: &Knows<'_>) -> (Vec<Block>, usize) {
    let mut blocks: Vec<Block> = sentences(knows).into_iter().map(Block::Paragraph).collect();
    let at = blocks.len();
    blocks.extend(table(knows));
    blocks.push(Block::Heading(Level::Part, "Questions to ask".to_owned()));
    blocks.push(Block::List(Marks::Numbers, questions(knows)));
    (blocks, at)
}

/// What the school does well, what it works on, where that stands.
fn sentences(knows: &Knows<'_>) -> Vec<String> {
    let strength = knows.meeting.and_then(|meeting| meeting.strengths.first()).map(|one| one.words.as_str());
    let own = knows.view.map(|view| view.texts.of("strengths")).filter(|text| !text.is_empty());
    let mut said = Vec::new();
    if let Some(words) = strength.or(own) {
        said.push(format!("What we do well: {}", stop(&short(words, 200))));
    }
    let priorities = knows.priorities();
    let names: Vec<String> = priorities.iter().map(|one| format!("‘{}’", short(&one.title, 70))).collect();
    match names.len() {
        0 => {}
        1 => said.push(format!("We work on one thing: {}", stop(&names[0]))),
        many => said.push(format!("We work on {} things: {}", number(many as u64), stop(&sentence(&names)))),
    }
    if let Some((reviews, one)) = knows.latest() {
        let letters: Vec<Letter> =
            Letter::ALL.iter().rev().copied().filter(|letter| counted(reviews, one, *letter) > 0).collect();
        let parts: Vec<String> = letters
            .into_iter()
            .map(|letter| {
                let (colour, means) = letter.words().split_once(": ").unwrap_or((letter.words(), ""));
                format!("{} {colour} ({means})", number(counted(reviews, one, letter) as u64))
            })
            .collect();
        let next = one.next_on.map(|day| match day < knows.today {
            true => format!(" The next was due on {}.", long_date(day)),
            false => format!(" The next is on {}.", long_date(day)),
        });
        let parts = sentence(&parts);
        said.push(format!("Our review of {} found: {parts}.{}", one.name, next.unwrap_or_default()));
    }
    said
}

/// A letter with its colour; what the colour means stands in the sentence above.
fn colour(letter: Letter) -> String {
    format!("{}, {}", letter.letter(), letter.words().split(':').next().unwrap_or_default())
}

fn counted(reviews: &Reading, one: &Review, letter: Letter) -> usize {
    reviews.lines.iter().filter(|line| line.review == one.id && line.letter == letter).count()
}

/// What the school works on and how the latest review found it.
fn table(knows: &Knows<'_>) -> Option<Block> {
    let latest = knows.latest();
    let rows: Vec<Vec<String>> = knows
        .priorities()
        .into_iter()
        .map(|one| {
            let line = latest.and_then(|(reviews, review)| reviews.line(review.id, one.id));
            let found = match (line, latest) {
                (Some(line), _) => colour(line.letter),
                (None, Some(_)) => "Opened since".to_owned(),
                (None, None) => "No review to show".to_owned(),
            };
            let next = line.map_or_else(|| "–".to_owned(), |line| short(&line.next_step, 80));
            vec![short(&one.title, 60), found, next]
        })
        .collect();
    (!rows.is_empty()).then(|| {
        Block::Table(Grid {
            caption: "What we work on".to_owned(),
            head: ["Priority", "Latest review", "What comes next"].map(str::to_owned).to_vec(),
            rows,
            widths: vec![6, 3, 7],
        })
    })
}

/// What governors may ask, from what is there and what is missing. The most
/// telling first.
fn questions(knows: &Knows<'_>) -> Vec<String> {
    let mut all = Vec::new();
    if let Some((reviews, one)) = knows.latest() {
        let by = one.next_on.filter(|day| *day >= knows.today).map(long_date);
        let by = by.map_or_else(|| "by your next review".to_owned(), |day| format!("by {day}"));
        for letter in [Letter::Red, Letter::Amber] {
            let lines = reviews.lines.iter().filter(|line| line.review == one.id && line.letter == letter);
            let titles = lines.filter_map(|line| reviews.plan.priority(line.priority));
            let titles: Vec<String> = titles.map(|one| format!("‘{}’", short(&one.title, 60))).take(2).collect();
            if !titles.is_empty() {
                let colour = letter.words().split(':').next().unwrap_or_default();
                all.push(format!(
                    "{} {} {colour}. What would we see in school {by} if it were better?",
                    sentence(&titles),
                    if titles.len() == 1 { "is" } else { "are" }
                ));
            }
        }
        if one.next_on.is_some_and(|day| day < knows.today) {
            all.push("A review was due and is not finished. When will it be, and who holds it?".to_owned());
        }
    }
    if let Some(plan) = knows.plan {
        let open = || plan.open().flat_map(|one| plan.actions_of(one.id));
        let overdue = open().filter(|one| one.overdue(knows.today)).count();
        match overdue {
            0 => {}
            1 => all.push("One action is overdue. What stands in its way, and would help?".to_owned()),
            many => all.push(format!(
                "{} actions are overdue. Is the plan too full, and what could wait?",
                capital(&number(many as u64))
            )),
        }
        let unknown = plan
            .open()
            .find(|one| plan.criteria_of(one.id).all(|criterion| plan.measured_of(criterion.id).next().is_none()));
        if let Some(one) = unknown {
            all.push(format!(
                "How will we know that ‘{}’ helps? Nothing has been measured yet.",
                short(&one.title, 60)
            ));
        }
    }
    if let Some(one) = knows.meeting.and_then(|meeting| meeting.strengths.iter().find(|one| !one.put_to_use.is_empty()))
    {
        all.push(format!("What has become of what we wanted to do with a strength: ‘{}’?", short(&one.put_to_use, 80)));
    }
    all.push("What did the school stop doing, to make room for this?".to_owned());
    all.push("Who from outside has seen this, and what did they see differently?".to_owned());
    all.truncate(QUESTIONS);
    all
}
