//! One reader for all of Ofsted's layouts: each is a table of its columns and
//! of the blocks of columns that make one inspection.

use super::cells::At;
use super::context::CONTEXT;
use super::row::{Reader, placed};
use crate::inspection::DatedBy;
use crate::readers::{About, Column, Columns, Layout, RowReader};

/// A layout of Ofsted's. Columns are named by the first of their names.
pub struct Table {
    pub(super) id: &'static str,
    pub(super) title: &'static str,
    pub(super) publisher: &'static str,
    pub(super) columns: &'static [Column],
    /// The school's URN in the file today.
    pub(super) urn: &'static str,
    pub(super) blocks: &'static [Block],
    /// The day on which the school opened and its predecessor's URN: an
    /// inspection before that day was the predecessor's.
    pub(super) opened: Option<(&'static str, &'static str)>,
}

/// The columns of one inspection in a row; an empty name where there is none.
pub(super) struct Block {
    pub(super) kind: Kind,
    /// The framework, where the file is about one only; else by the date.
    pub(super) framework: Option<&'static str>,
    pub(super) dated_by: DatedBy,
    pub(super) back_reference: bool,
    pub(super) date: &'static str,
    pub(super) end: &'static str,
    pub(super) published: &'static str,
    pub(super) number: &'static str,
    pub(super) type_words: &'static str,
    pub(super) grouping: &'static str,
    pub(super) event: &'static str,
    pub(super) relates: &'static str,
    pub(super) urn_at: &'static str,
    pub(super) overall: &'static str,
    pub(super) category: &'static str,
    pub(super) safeguarding: &'static str,
    pub(super) outcome: &'static str,
    /// ‘Yes’ where the visit became a full inspection, which stands in a block of its own.
    pub(super) converted: &'static str,
    /// The inspection does not count where this has a date.
    pub(super) withdrawn: &'static str,
    pub(super) areas: &'static [&'static str],
    /// The columns with the areas' dates, in the areas' order.
    pub(super) area_dates: &'static [&'static str],
}

/// What kind of visit a block holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Graded,
    Ungraded,
    /// Said by the type and its groupings.
    ByWords,
}

impl Block {
    /// A graded inspection of which nothing is said.
    pub(super) const GRADED: Self = Self {
        kind: Kind::Graded,
        framework: None,
        dated_by: DatedBy::Start,
        back_reference: false,
        date: "",
        end: "",
        published: "",
        number: "",
        type_words: "",
        grouping: "",
        event: "",
        relates: "",
        urn_at: "",
        overall: "",
        category: "",
        safeguarding: "",
        outcome: "",
        converted: "",
        withdrawn: "",
        areas: &[],
        area_dates: &[],
    };
}

/// A column that a file may have.
pub(super) const fn may(names: &'static [&'static str]) -> Column {
    Column {
        names,
        required: false,
    }
}

/// A column without which a file is not of the layout.
pub(super) const fn need(names: &'static [&'static str]) -> Column {
    Column {
        names,
        required: true,
    }
}

impl Layout for Table {
    fn id(&self) -> &'static str {
        self.id
    }

    fn title(&self) -> &'static str {
        self.title
    }

    fn publisher(&self) -> &'static str {
        self.publisher
    }

    fn columns(&self) -> &'static [Column] {
        self.columns
    }

    fn open(&self, columns: &Columns, _about: &About) -> Box<dyn RowReader> {
        let at = |name: &str| -> At {
            let known = |column: &Column| column.names.first().is_some_and(|first| *first == name);
            let at = self.columns.iter().position(known)?;
            columns.has(at).then_some(at)
        };
        Box::new(Reader {
            columns: columns.clone(),
            urn: at(self.urn),
            blocks: self.blocks.iter().map(|block| placed(block, at)).collect(),
            opened: self.opened.map(|(opened, before)| (at(opened), at(before))),
            context: CONTEXT
                .iter()
                .filter_map(|(field, name)| Some((*field, at(name)?)))
                .collect(),
            laestab: at("LAESTAB"),
        })
    }
}
