//! From figures to pictures.
