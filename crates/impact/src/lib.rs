//! Comparison groups, time to good, intervals, what a design could have seen.
