//! How the government's files write numbers, dates and blanks.
