//! The inspection frameworks since 2005, as data.

/// A framework version. An index into the list of known frameworks, so that it
/// is small and copies; its short name (`S5_2012b`) is in its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FrameworkId(pub(crate) u8);
