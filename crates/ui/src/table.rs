//! A table.

use askama::Template;

use crate::{SafeHtml, Size};

#[derive(Debug, Clone)]
struct Row {
    cells: Vec<SafeHtml>,
    along: Option<f64>,
}

/// A table. Its caption says what it shows; numbers stand at the right.
#[derive(Debug, Clone, Template)]
#[template(path = "table.html")]
pub struct Table {
    caption: SafeHtml,
    caption_class: &'static str,
    head: Vec<SafeHtml>,
    rows: Vec<Row>,
    numeric: Vec<usize>,
    row_heads: bool,
    small: bool,
    wide: bool,
    id: Option<String>,
}
component!(Table);

impl Table {
    /// A table with this caption.
    #[must_use]
    pub fn new(caption: impl Into<SafeHtml>) -> Self {
        Self {
            caption: caption.into(),
            caption_class: "",
            head: Vec::new(),
            rows: Vec::new(),
            numeric: Vec::new(),
            row_heads: false,
            small: false,
            wide: false,
            id: None,
        }
    }

    /// How large the caption is.
    #[must_use]
    pub fn caption_size(mut self, size: Size) -> Self {
        self.caption_class = match size {
            Size::Xl => " govuk-table__caption--xl",
            Size::L => " govuk-table__caption--l",
            Size::M => " govuk-table__caption--m",
            Size::S => " govuk-table__caption--s",
        };
        self
    }

    /// The caption is for screen readers only, where a heading above says it.
    #[must_use]
    pub fn hidden_caption(mut self) -> Self {
        self.caption_class = " govuk-visually-hidden";
        self
    }

    /// The columns' headings.
    #[must_use]
    pub fn head<H: Into<SafeHtml>>(mut self, head: impl IntoIterator<Item = H>) -> Self {
        self.head = head.into_iter().map(Into::into).collect();
        self
    }

    /// The columns (from 0) that hold numbers.
    #[must_use]
    pub fn numeric(mut self, columns: &[usize]) -> Self {
        self.numeric = columns.to_vec();
        self
    }

    /// The first cell of a row is its heading.
    #[must_use]
    pub fn row_heads(mut self) -> Self {
        self.row_heads = true;
        self
    }

    /// One more row; `cells!` mixes text, numbers and components.
    #[must_use]
    pub fn row<C: Into<SafeHtml>>(mut self, cells: impl IntoIterator<Item = C>) -> Self {
        self.rows.push(Row {
            cells: cells.into_iter().map(Into::into).collect(),
            along: None,
        });
        self
    }

    /// One more row of a table under a picture: how far along the picture it
    /// lies (0 to 1), so that aspire.js can read it out beside the pointer.
    #[must_use]
    pub fn row_at<C: Into<SafeHtml>>(
        mut self,
        along: f64,
        cells: impl IntoIterator<Item = C>,
    ) -> Self {
        self.rows.push(Row {
            cells: cells.into_iter().map(Into::into).collect(),
            along: Some(along),
        });
        self
    }

    /// More rows.
    #[must_use]
    pub fn rows<C: Into<SafeHtml>, R: IntoIterator<Item = C>>(
        mut self,
        rows: impl IntoIterator<Item = R>,
    ) -> Self {
        for row in rows {
            self = self.row(row);
        }
        self
    }

    /// Smaller text, for tables with much in them.
    #[must_use]
    pub fn small(mut self) -> Self {
        self.small = true;
        self
    }

    /// Too wide for a phone: it scrolls sideways in a frame of its own, which
    /// can be reached by keyboard.
    #[must_use]
    pub fn wide(mut self) -> Self {
        self.wide = true;
        self
    }

    /// An id to link to.
    #[must_use]
    pub fn id(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// True where the table has no rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    fn is_numeric(&self, column: &usize) -> bool {
        self.numeric.contains(column)
    }

    /// The caption without markup, as the label of the scrolling frame.
    fn caption_text(&self) -> SafeHtml {
        let mut inside_tag = false;
        let text = self
            .caption
            .as_str()
            .chars()
            .filter(|c| match c {
                '<' => {
                    inside_tag = true;
                    false
                }
                '>' if inside_tag => {
                    inside_tag = false;
                    false
                }
                _ => !inside_tag,
            })
            .collect::<String>();
        SafeHtml::vouched("still escaped, its tags taken out", text.replace('"', "&#34;"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wide_table_scrolls_in_a_named_region() {
        let caption = SafeHtml::vouched("this test", "Results <em class=\"x\">of \"2015\"</em>");
        let html = Table::new(caption).head(["A"]).row(["1"]).wide().to_string();
        assert!(
            html.starts_with(
                "<div class=\"app-table-scroll\" role=\"region\" aria-label=\"Results of &#34;2015&#34;\" tabindex=\"0\">"
            ),
            "{html}"
        );
    }

    #[test]
    fn a_school_s_name_cannot_break_out_of_its_cell() {
        let html = Table::new("Schools")
            .row(crate::cells!["St Mary's <script>alert(1)</script>", 3])
            .to_string();
        assert!(html.contains("St Mary&#39;s &#60;script&#62;"), "{html}");
        assert!(!html.contains("<script>"));
    }
}
