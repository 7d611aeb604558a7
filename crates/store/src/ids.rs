//! Ids that grow with time and need no round trip to the database.

use kernel::Timestamp;
use std::sync::atomic::{AtomicI64, Ordering};

/// Makes ids: 51 bits of microseconds and 12 of a node's own number, so that
/// two nodes do not meet and later things have larger ids.
#[derive(Debug)]
pub struct Ids {
    node: i64,
    last: AtomicI64,
}

impl Ids {
    /// Ids of the node with this number (its lowest 12 bits are used; draw it
    /// at random when a process starts).
    #[must_use]
    pub fn of_node(number: u16) -> Self {
        Self {
            node: i64::from(number & 0xfff),
            last: AtomicI64::new(0),
        }
    }

    /// The next id; larger than any before it from this node.
    pub fn next(&self, now: Timestamp) -> i64 {
        let micros = now.as_microsecond() & 0x7_ffff_ffff_ffff;
        let step = 1 << 12;
        let wanted = (micros << 12) | self.node;
        let mut last = self.last.load(Ordering::Relaxed);
        loop {
            let id = if wanted > last { wanted } else { last + step };
            match self
                .last
                .compare_exchange_weak(last, id, Ordering::Relaxed, Ordering::Relaxed)
            {
                Ok(_) => return id,
                Err(seen) => last = seen,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_grow_even_when_the_clock_stands_still() {
        let ids = Ids::of_node(7);
        let now: Timestamp = "2026-11-24T03:00:00Z".parse().unwrap();
        let (a, b) = (ids.next(now), ids.next(now));
        assert!(0 < a && a < b);
        assert_eq!(a & 0xfff, b & 0xfff);
    }
}
