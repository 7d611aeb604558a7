//! Sets of schools: a bit each, so that what several words have in common is
//! found in a few hundred steps however many schools have them.

/// A set of schools, by their positions in the index.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Set(Box<[u64]>);

impl Set {
    /// The empty set, with room for `all` schools.
    pub(super) fn none_of(all: usize) -> Self {
        Self(vec![0; all.div_ceil(64)].into())
    }

    pub(super) fn add_all(&mut self, schools: &[u32]) {
        for school in schools {
            if let Some(bits) = self.0.get_mut(*school as usize / 64) {
                *bits |= 1 << (school % 64);
            }
        }
    }

    pub(super) fn add_set(&mut self, other: &Self) {
        for (bits, more) in self.0.iter_mut().zip(&other.0) {
            *bits |= more;
        }
    }

    /// Keeps what is in `other` too.
    pub(super) fn keep(&mut self, other: &Self) {
        for (bits, kept) in self.0.iter_mut().zip(&other.0) {
            *bits &= kept;
        }
    }

    /// Takes out what is in `other`.
    pub(super) fn take_out(&mut self, other: &Self) {
        for (bits, out) in self.0.iter_mut().zip(&other.0) {
            *bits &= !out;
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.iter().all(|bits| *bits == 0)
    }

    pub(super) fn len(&self) -> usize {
        self.0.iter().map(|bits| bits.count_ones() as usize).sum()
    }

    pub(super) fn has(&self, school: u32) -> bool {
        self.0.get(school as usize / 64).is_some_and(|bits| bits >> (school % 64) & 1 == 1)
    }

    /// The schools in ascending order.
    pub(super) fn iter(&self) -> impl Iterator<Item = u32> {
        self.0.iter().enumerate().flat_map(|(at, bits)| {
            let mut left = *bits;
            std::iter::from_fn(move || {
                let next = (left != 0).then(|| at as u32 * 64 + left.trailing_zeros());
                left &= left.wrapping_sub(1);
                next
            })
        })
    }
}
