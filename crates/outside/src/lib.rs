//! The outside world: files from an address. A trait, the real thing, a fake.
