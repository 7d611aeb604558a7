//! One file a page, one file an API operation; middleware.
