//! Builders, a fake outside world, a database per test.
