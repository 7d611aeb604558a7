//! csv and xlsx in, with errors by cell; csv out.
