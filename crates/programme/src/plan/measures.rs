//! Success criteria and how they come along.

use super::{
    access,
    actions::{not_closed, tidy, too_long},
    dates::{Due, calendar, due},
    model::{Criterion, Measured},
    store,
};
use crate::{
    Who, World,
    audit::{self, Entry},
    error::{Error, FieldError, Result},
};
use kernel::Date;
use serde_json::json;

/// A success criterion to be.
#[derive(Debug, Clone, Default)]
pub struct NewCriterion {
    /// What is measured.
    pub measure: String,
    /// Where it stands now, as it was typed; empty where nobody knows yet.
    pub baseline: String,
    /// Where it shall stand, as it was typed.
    pub target: String,
    /// By when.
    pub by: Option<Date>,
    /// Who will know.
    pub who: String,
}

/// A figure as somebody types it: ‘62’, ‘62.5’, ‘62 %’, ‘1,200’.
#[must_use]
pub fn figure(text: &str) -> Option<f64> {
    let text = text.trim().trim_end_matches('%').trim_end().replace(',', "");
    text.parse::<f64>().ok().filter(|value| value.is_finite() && value.abs() < 1e9)
}

/// Adds a success criterion to a priority; its id.
///
/// # Errors
/// [`Error::Invalid`] with every field that does not fit; [`Error::NotFound`]
/// for whoever may not.
pub async fn add_criterion(
    world: &World,
    who: &Who,
    organisation: i64,
    priority: i64,
    new: NewCriterion,
) -> Result<(i64, Due)> {
    let mut tx = world.db.begin().await?;
    let leave = access::edit(&mut tx, who, organisation).await?;
    let under = store::priority(&mut tx, organisation, priority).await?.ok_or(Error::NotFound)?;
    not_closed(&under)?;
    let (measure, known_by) = (tidy(&new.measure), tidy(&new.who));
    let mut wrong = Vec::new();
    if measure.is_empty() || measure.chars().count() > 200 {
        wrong.push(FieldError::new("measure", "Say what you count or see, in at most 200 characters"));
    }
    let baseline = figure(&new.baseline);
    if baseline.is_none() && !new.baseline.trim().is_empty() {
        wrong.push(FieldError::new("baseline", "Enter where it stands as a figure, or leave it empty"));
    }
    let target = figure(&new.target);
    if target.is_none() {
        wrong.push(FieldError::new("target", "Enter where it shall stand, as a figure"));
    }
    if new.by.is_none() {
        wrong.push(FieldError::new("by", "Enter the day by which"));
    }
    if known_by.is_empty() {
        wrong.push(FieldError::new("who", "Say who will know"));
    }
    too_long(&mut wrong, "who", &known_by);
    let (Some(target), Some(by), true) = (target, new.by, wrong.is_empty()) else {
        return Err(Error::Invalid(wrong));
    };
    let due = due(&calendar(world, &mut tx, organisation).await?, by);
    let one = Criterion {
        id: world.id(),
        priority,
        measure,
        baseline,
        target,
        by: due.on,
        who: known_by,
        added_at: world.now(),
        added_by: leave.grant.by.name.clone(),
    };
    store::insert_criterion(&mut tx, &leave, &one).await?;
    let after = json!({"measure": one.measure, "baseline": baseline, "target": target, "by": one.by, "who": one.who});
    let entry = Entry::of("set a success criterion", "criterion", one.id).within(leave.school.id).after(after);
    audit::record(world, &mut tx, &leave.grant.by, entry).await?;
    tx.commit().await?;
    Ok((one.id, due))
}

/// A value to be written down.
#[derive(Debug, Clone, Default)]
pub struct NewValue {
    /// On which day.
    pub on: Option<Date>,
    /// How much, as it was typed.
    pub value: String,
    /// A note on it; may be empty.
    pub note: String,
}

/// Writes down where a measure stands.
///
/// # Errors
/// [`Error::Invalid`] with every field that does not fit; [`Error::NotFound`]
/// for whoever may not.
pub async fn measure(world: &World, who: &Who, organisation: i64, criterion: i64, new: NewValue) -> Result<()> {
    let mut tx = world.db.begin().await?;
    let all = store::criteria(&mut tx, organisation).await?;
    let found = all.iter().find(|one| one.id == criterion);
    let leave = access::act(&mut tx, who, organisation, found.map_or(0, |one| one.priority)).await?;
    not_closed(&leave.priority)?;
    let note = tidy(&new.note);
    let mut wrong = Vec::new();
    let on = new.on.filter(|on| *on <= world.clock.today());
    if on.is_none() {
        wrong.push(FieldError::new("on", "Enter the day on which it was so, today or before"));
    }
    let value = figure(&new.value);
    if value.is_none() {
        wrong.push(FieldError::new("value", "Enter a figure, such as 62 or 62.5"));
    }
    too_long(&mut wrong, "note", &note);
    let (Some(on), Some(value), true) = (on, value, wrong.is_empty()) else {
        return Err(Error::Invalid(wrong));
    };
    let by = leave.grant.by.name.clone();
    let one = Measured { id: world.id(), criterion, on, value, note, added_at: world.now(), added_by: by };
    store::insert_measured(&mut tx, &leave, &one).await?;
    let after = json!({"on": on, "value": value, "note": one.note});
    let entry = Entry::of("write a value down", "criterion", criterion).within(leave.school.id).after(after);
    audit::record(world, &mut tx, &leave.grant.by, entry).await?;
    tx.commit().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::figure;

    #[test]
    fn a_figure_is_read_as_people_write_it() {
        for (text, value) in [("62", 62.0), (" 62.5 % ", 62.5), ("1,200", 1200.0), ("-3", -3.0)] {
            assert_eq!(figure(text), Some(value), "{text}");
        }
        for text in ["", "most", "NaN", "inf", "1e300", "6 of 8"] {
            assert_eq!(figure(text), None, "{text}");
        }
    }
}
