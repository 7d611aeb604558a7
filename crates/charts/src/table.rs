//! What every picture gives: itself twice, and its table.

/// A picture and its table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chart {
    /// The picture for a page 640 px and wider, as an `<svg>` element.
    pub wide: String,
    /// The picture for a phone: 360 units wide, legible at 320 px.
    pub narrow: String,
    /// The same figures.
    pub table: ChartTable,
}

/// The figures of a picture, as they stand on the page: dates and numbers are
/// written for people.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ChartTable {
    /// What the table shows.
    pub caption: String,
    /// The columns' names.
    pub headers: Vec<String>,
    /// The cells; every row as long as `headers`.
    pub rows: Vec<Vec<String>>,
}

impl ChartTable {
    /// The table as CSV (RFC 4180, lines ended by CRLF). A cell that a
    /// spreadsheet would take for a formula gets an apostrophe before it, since
    /// names in it come from outside.
    #[must_use]
    pub fn to_csv(&self) -> String {
        let mut out = String::new();
        for row in std::iter::once(&self.headers).chain(&self.rows) {
            for (index, cell) in row.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                push_cell(&mut out, cell);
            }
            out.push_str("\r\n");
        }
        out
    }
}

fn push_cell(out: &mut String, cell: &str) {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let quoted = formula || cell.contains([',', '"', '\n', '\r']);
    if !quoted {
        out.push_str(cell);
        return;
    }
    out.push('"');
    if formula {
        out.push('\'');
    }
    out.push_str(&cell.replace('"', "\"\""));
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_and_never_formulas() {
        let table = ChartTable {
            caption: String::new(),
            headers: vec!["School".into(), "Says".into()],
            rows: vec![vec!["St Anne’s, \"Lower\"".into(), "=1+1".into()]],
        };
        assert_eq!(
            table.to_csv(),
            "School,Says\r\n\"St Anne’s, \"\"Lower\"\"\",\"'=1+1\"\r\n"
        );
    }
}
