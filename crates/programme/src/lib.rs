//! The programme: one folder a noun.
