//! A picture, where it is from, and its table.

use askama::Template;

use crate::{SafeHtml, Table};

/// A picture with its source line and the same figures as a table. The picture
/// comes twice, drawn for a screen and for a phone; the style sheet shows one.
#[derive(Debug, Clone, Template)]
#[template(path = "chart.html")]
pub struct ChartFigure {
    wide: SafeHtml,
    narrow: SafeHtml,
    source: SafeHtml,
    table: Table,
    open: bool,
    id: Option<String>,
}
component!(ChartFigure);

impl ChartFigure {
    /// The picture for a screen and for a phone (SVG), where it is from, and
    /// its table, whose caption names the figure.
    #[must_use]
    pub fn new(
        wide: SafeHtml,
        narrow: SafeHtml,
        source: impl Into<SafeHtml>,
        table: Table,
    ) -> Self {
        Self {
            wide,
            narrow,
            source: source.into(),
            table,
            open: false,
            id: None,
        }
    }

    /// The table shows from the start.
    #[must_use]
    pub fn open_table(mut self) -> Self {
        self.open = true;
        self
    }

    /// An id to link to.
    #[must_use]
    pub fn id(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }
}
