//! Answers that were computed from the register, kept while it stands as it did.

use register::public_record::PublicRecord;
use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
};

/// How many answers are kept of one kind: the few that pages ask for again and again.
/// The largest, all schools that meet a rule, take about a megabyte each.
const MOST: usize = 8;

/// Answers by question. An answer belongs to one version of the register: with the
/// first question to a newer one, all earlier answers go.
pub struct Kept<K, V>(Mutex<Answers<K, V>>);

struct Answers<K, V> {
    version: i64,
    /// The one asked for last stands first.
    by_question: VecDeque<(K, Arc<V>)>,
}

impl<K, V> Default for Kept<K, V> {
    fn default() -> Self {
        Self(Mutex::new(Answers { version: 0, by_question: VecDeque::new() }))
    }
}

impl<K: PartialEq, V> Kept<K, V> {
    /// The answer kept for this question to this register, or the one that `compute`
    /// gives. Two who ask at once may both compute it.
    pub fn answer(&self, record: &PublicRecord, question: K, compute: impl FnOnce(&K) -> V) -> Arc<V> {
        if let Some(answer) = self.find(record.version, &question) {
            return answer;
        }
        let answer = Arc::new(compute(&question));
        let mut answers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if answers.version < record.version {
            answers.by_question.clear();
            answers.version = record.version;
        }
        // Who still holds an older register gets its answer and leaves nothing behind.
        if answers.version == record.version && answers.by_question.iter().all(|(asked, _)| *asked != question) {
            answers.by_question.truncate(MOST - 1);
            answers.by_question.push_front((question, answer.clone()));
        }
        answer
    }

    fn find(&self, version: i64, question: &K) -> Option<Arc<V>> {
        let mut answers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if answers.version != version {
            return None;
        }
        let place = answers.by_question.iter().position(|(asked, _)| asked == question)?;
        let found = answers.by_question.remove(place)?;
        let answer = found.1.clone();
        answers.by_question.push_front(found);
        Some(answer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(version: i64) -> PublicRecord {
        let mut record = PublicRecord::default();
        record.version = version;
        record
    }

    #[test]
    fn an_answer_is_kept_until_the_register_changes() {
        let kept = Kept::default();
        assert_eq!(*kept.answer(&version(1), "below good", |_| 1), 1);
        assert_eq!(*kept.answer(&version(1), "below good", |_| 2), 1);
        assert_eq!(*kept.answer(&version(1), "stuck", |_| 3), 3);
        assert_eq!(*kept.answer(&version(2), "below good", |_| 4), 4);
        assert_eq!(*kept.answer(&version(1), "below good", |_| 5), 5, "of the register that somebody still holds");
        assert_eq!(*kept.answer(&version(2), "below good", |_| 6), 4);
    }

    #[test]
    fn what_nobody_asked_for_longest_goes_first() {
        let (kept, record) = (Kept::default(), version(1));
        for question in 0..MOST {
            kept.answer(&record, question, |_| question);
        }
        kept.answer(&record, 0, |_| 99);
        kept.answer(&record, MOST, |_| MOST);
        assert_eq!(*kept.answer(&record, 0, |_| 99), 0);
        assert_eq!(*kept.answer(&record, 1, |_| 99), 99);
    }
}
