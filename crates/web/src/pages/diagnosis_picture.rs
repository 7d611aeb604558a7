//! How views of a strand spread, as a picture, and how far people agree, in a
//! sentence: never a mark.

use super::imports::capital;
use crate::pictures::figure;
use kernel::words::{long_date, number};
use programme::diagnosis::{Agreed, Agreement, BesideAdviser, FEWEST, Judgement, Looking, NoAgreement, Spread};
use ui::{ChartFigure, Details, SafeHtml};

/// The spread over a strand, statements on which people differ most first; none
/// where too few have looked to show any.
pub(super) fn picture(looking: &Looking) -> Option<ChartFigure> {
    let diagnosis = &looking.reading.diagnosis;
    let scale = &diagnosis.framework.scale;
    let statements: Vec<charts::StatementViews> = looking
        .lines
        .iter()
        .filter_map(|line| {
            let Spread::Shown(counts) = &line.spread else { return None };
            let found = looking.reading.meeting.finding(&line.statement.id);
            let agreed = found.and_then(|one| match one.judgement {
                Judgement::Point(value) => scale.points.iter().position(|point| point.value == value),
                Judgement::NotAgreed => None,
            });
            let text = line.statement.text.clone();
            Some(charts::StatementViews { text, counts: counts.points.clone(), unsure: counts.unsure, agreed })
        })
        .collect();
    if statements.is_empty() {
        return None;
    }
    let chart = charts::spread_of_views(&charts::Spread {
        id: "spread".to_owned(),
        title: format!("How people see {}", looking.strand.title),
        scale: scale.points.iter().map(|point| point.word.clone()).collect(),
        unsure: scale.unsure.word.clone(),
        statements,
        fewest: FEWEST as u64,
    });
    let opened = kernel::clock::in_england(diagnosis.opened_at).date();
    let source = format!(
        "Source: views given alone in {}, opened on {}. Statements that fewer than three people answered are left out.",
        diagnosis.framework.title,
        long_date(opened)
    );
    Some(figure(chart, source))
}

/// How far people agree, in a sentence.
pub(super) fn sentence(agreement: &Agreement) -> &'static str {
    match agreement.says {
        Agreed::NotComputed(NoAgreement::TooFewRaters { .. }) => {
            "Fewer than three of you can be compared, so nothing is said here of how far you agree."
        }
        Agreed::NotComputed(_) => "Too few statements were answered by three of you or more to say how far you agree.",
        Agreed::AllTheSame => "You all say the same everywhere. Ask what you would have to see to say something else.",
        Agreed::Open => "From these views one cannot say how far you agree. Talk about each statement.",
        Agreed::Alike => "You see this strand alike.",
        Agreed::MostlyAlike => "You see this strand much alike. Look at the few statements on which you differ.",
        Agreed::MoreThanChance => "You agree more than by chance; how closely, the views do not tell.",
        Agreed::InPart => "You agree in part. Talk before you write one judgement down for all.",
        Agreed::LikeChance => "You agree about as much as people who answer by chance would. Talk before you judge.",
        Agreed::Apart => {
            "You differ more than by chance. Perhaps some of you see another part of the school: ask each other where you looked."
        }
    }
}

/// By which figure that is said, and what the figure is not.
pub(super) fn reckoned(agreement: &Agreement) -> Option<Details> {
    let (alpha, low, high) = agreement.figure?;
    let words = format!(
        "{} people and {} statements with at least three views. Krippendorff’s alpha for words in an order is {alpha:.2}; \
         when the statements are drawn again 2,000 times, 95 of 100 draws lie between {low:.2} and {high:.2}. One would be \
         full agreement, nought what chance gives. It says how alike you look and nothing about how good the school is. \
         It is no mark, nobody is compared by it, and it is not shown outside the school.",
        capital(&number(agreement.people as u64)),
        number(agreement.statements as u64),
    );
    Some(how(&words))
}

/// How far the school and its adviser agree, in a sentence.
pub(super) fn alike(both: &BesideAdviser) -> String {
    let (name, of) = (&both.name, number(both.of as u64));
    let left_out = match both.left_out {
        0 => String::new(),
        1 => " One more, on which they differ and name no word, is left out.".to_owned(),
        many => {
            format!(" {} more, on which they differ and name no word, are left out.", capital(&number(many as u64)))
        }
    };
    match both.of {
        0 => format!("{name} signed it. No statement has a word of both yet."),
        1 if both.same == 1 => {
            format!("{name} signed it, and would choose the same word for the one compared.{left_out}")
        }
        all if all == both.same => {
            format!("{name} signed it, and would choose the same word for all {of} statements compared.{left_out}")
        }
        _ => format!(
            "Of {of} statements, {name} would choose the school’s word for {}. Talk about the others when you meet.{left_out}",
            number(both.same as u64)
        ),
    }
}

/// By which figure that is said; none where nothing is seen otherwise.
pub(super) fn alike_reckoned(both: &BesideAdviser) -> Option<Details> {
    let kappa = both.kappa.filter(|_| both.same < both.of)?;
    Some(how(&format!(
        "Cohen’s kappa with squared weights is {kappa:.2}, where one would be full agreement and nought what chance \
         gives. It compares statements for which both chose a word. The adviser signed, so where they wrote nothing \
         they count as saying what the school says: they may agree less than this, not more. It says how alike two \
         people look and nothing about how good the school is."
    )))
}

fn how(words: &str) -> Details {
    let words = SafeHtml::from(words);
    let body = SafeHtml::vouched("escaped", format!("<p class=\"govuk-body\">{words}</p>"));
    Details::new("How this is reckoned", body)
}
