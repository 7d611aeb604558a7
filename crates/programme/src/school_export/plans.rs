//! Plans and reviews to and from `school.json`: the same types, with numbers of
//! the file in the place of ids.

use crate::{
    concern,
    plan::{self, Names},
    review,
};
use std::collections::HashMap;

/// What became of an id: by noun and what it was.
pub(super) type Known = HashMap<(&'static str, i64), i64>;

/// What is carried whole, with ids or numbers.
pub(super) struct Parts<'a> {
    pub(super) plan: &'a mut plan::Carried,
    pub(super) reviews: &'a mut review::Carried,
    pub(super) concerns: &'a mut concern::Carried,
}

/// What gives ids, or numbers, their new ones.
pub(super) struct New<'a> {
    /// The new one of something of this noun.
    pub(super) own: &'a mut dyn FnMut(&'static str) -> i64,
    /// The new one of a diagnosis.
    pub(super) diagnosis: &'a dyn Fn(i64) -> Option<i64>,
    /// The new one of a person; none where they are not known.
    pub(super) person: &'a dyn Fn(i64) -> Option<i64>,
}

/// Puts new ids in the place of old ones, everywhere; why that is not possible,
/// as a sentence's end.
pub(super) fn translate(parts: Parts<'_>, new: &mut New<'_>) -> Result<Known, String> {
    let Parts { plan, reviews, concerns } = parts;
    let mut known = Known::new();
    for (names, id) in plan.ids().into_iter().chain(reviews.ids()).chain(concerns.ids()) {
        let (noun, found) = match names {
            Names::Own(noun) => {
                let next = (new.own)(noun);
                if known.insert((noun, *id), next).is_some() {
                    return Err(format!("{noun} {id} stands in it twice"));
                }
                (noun, Some(next))
            }
            Names::Other("diagnosis") => ("diagnosis", (new.diagnosis)(*id)),
            Names::Other(noun) => (noun, known.get(&(noun, *id)).copied()),
        };
        *id = found.ok_or_else(|| format!("it speaks of a {noun} {id} that is not in it"))?;
    }
    for id in plan.after() {
        let found = known.get(&("plan_action", *id)).copied();
        *id = found.ok_or_else(|| format!("it speaks of a plan_action {id} that is not in it"))?;
    }
    for name in plan.strategies_named() {
        if let Some(id) = crate::strategy::local(name) {
            let found = known.get(&("strategy", id)).copied();
            *name = crate::strategy::local_key(
                found.ok_or_else(|| format!("it speaks of a strategy {id} that is not in it"))?,
            );
        }
    }
    for person in plan.people().chain(reviews.people()).chain(concerns.people()) {
        *person = person.and_then(|id| (new.person)(id));
    }
    Ok(known)
}

/// Counts 1, 2, 3 … for each noun.
pub(super) fn counting() -> impl FnMut(&'static str) -> i64 {
    let mut counts: HashMap<&'static str, i64> = HashMap::new();
    move |noun| {
        let count = counts.entry(noun).or_default();
        *count += 1;
        *count
    }
}

/// Whether a file's plan, reviews and concerns fit together; why not, as a
/// sentence's end.
pub(super) fn check(
    plan: &plan::Carried,
    (reviews, concerns): (&review::Carried, &concern::Carried),
    people: usize,
    diagnoses: usize,
) -> Result<(), String> {
    let (mut copy, mut other, mut more) = (plan.clone(), reviews.clone(), concerns.clone());
    let within =
        |many: usize| move |number: i64| usize::try_from(number).is_ok_and(|number| (1..=many).contains(&number));
    let person = within(people);
    if let Some(number) =
        copy.people().chain(other.people()).chain(more.people()).filter_map(|one| *one).find(|number| !person(*number))
    {
        return Err(format!("its plan, its reviews or a concern name person {number}, who is not in it"));
    }
    let (mut own, diagnosis) = (counting(), within(diagnoses));
    let diagnosis = |number: i64| diagnosis(number).then_some(number);
    let mut new = New { own: &mut own, diagnosis: &diagnosis, person: &Some };
    let parts = Parts { plan: &mut copy, reviews: &mut other, concerns: &mut more };
    let known = translate(parts, &mut new)?;
    if let Some(((noun, number), _)) = known.iter().find(|((_, number), expected)| number != *expected) {
        return Err(format!("its {noun} {number} is not numbered 1, 2, 3 …"));
    }
    for one in &plan.actions {
        let mut at = one.after;
        for _ in 0..=plan.actions.len() {
            at = at.and_then(|id| plan.actions.iter().find(|other| other.id == id)).and_then(|other| other.after);
        }
        if at.is_some() {
            return Err(format!("its plan_action {} comes after itself", one.id));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(json: &str) -> plan::Carried {
        serde_json::from_str(json).unwrap()
    }

    const OPINION: &str =
        r#"{"opinions":[{"id":1,"decision":7,"person":null,"name":"A","words":"b","at":"2026-11-24T09:00:00Z"}]}"#;

    #[test]
    fn what_names_something_that_is_not_there_is_refused() {
        let error =
            check(&plan(OPINION), (&review::Carried::default(), &concern::Carried::default()), 0, 0).unwrap_err();
        assert_eq!(error, "it speaks of a decision 7 that is not in it");
        let error = check(
            &plan(&OPINION.replace("null", "3")),
            (&review::Carried::default(), &concern::Carried::default()),
            2,
            0,
        )
        .unwrap_err();
        assert!(error.contains("person 3"), "{error}");
        assert!(
            check(&plan::Carried::default(), (&review::Carried::default(), &concern::Carried::default()), 0, 0).is_ok()
        );
    }
}
