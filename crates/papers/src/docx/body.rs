//! The document's body: blocks to paragraphs, lists and tables.

use super::Body;
use crate::paper::{Block, Grid, Level, Marks, Paper, Picture, clean, line};
use crate::picture::{Drawn, draw};

/// The width between the margins, in twentieths of a point: A4 less 2 cm each side.
const WIDTH: u32 = 9638;

/// English Metric Units in a centimetre.
const EMU: u32 = 360_000;

/// Pictures are at most so wide, centimetres.
const PICTURE: u32 = 17;

const OPEN: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><w:body>"#;

const CLOSE: &str = r#"<w:sectPr><w:footerReference w:type="default" r:id="rId4"/><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr></w:body></w:document>"#;

/// The body of a paper.
pub(super) fn body(paper: &Paper) -> Body {
    let mut out = Writer { xml: OPEN.to_owned(), pictures: Vec::new(), numbered: 0, bookmarks: 0 };
    out.paragraph("Subtitle", &paper.school);
    out.paragraph("Title", &paper.title);
    out.paragraph("Standing", &paper.standing());
    out.paragraph("SeenBy", &paper.seen_by_line());
    for block in &paper.blocks {
        out.block(block);
    }
    out.xml.push_str(CLOSE);
    Body { xml: out.xml, pictures: out.pictures, numbered: out.numbered }
}

/// `text` as it may stand in XML.
pub(super) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// `text` as runs, a break for each line break.
fn runs(text: &str) -> String {
    let mut out = String::new();
    for (index, words) in clean(text).split('\n').enumerate() {
        if index > 0 {
            out.push_str("<w:r><w:br/></w:r>");
        }
        if !words.is_empty() {
            out.push_str(&format!(r#"<w:r><w:t xml:space="preserve">{}</w:t></w:r>"#, escape(words)));
        }
    }
    out
}

struct Writer {
    xml: String,
    pictures: Vec<Drawn>,
    numbered: usize,
    bookmarks: usize,
}

impl Writer {
    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading(level, text) => {
                let style = if *level == Level::Part { "Heading1" } else { "Heading2" };
                self.bookmarks += 1;
                let id = self.bookmarks;
                self.xml.push_str(&format!(
                    r#"<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:bookmarkStart w:id="{id}" w:name="part{id}"/>{}<w:bookmarkEnd w:id="{id}"/></w:p>"#,
                    runs(&line(text))
                ));
            }
            Block::Paragraph(text) => self.paragraph("Normal", text),
            Block::List(marks, items) => self.list(*marks, items),
            Block::Table(grid) => self.table(grid),
            Block::Facts(facts) => self.facts(facts),
            Block::CallOut(heading, text) => {
                self.paragraph("CallOutHeading", &line(heading));
                self.paragraph("CallOut", text);
            }
            Block::Picture(picture) => self.picture(picture),
            Block::NewPage => self.xml.push_str(r#"<w:p><w:r><w:br w:type="page"/></w:r></w:p>"#),
        }
    }

    fn paragraph(&mut self, style: &str, text: &str) {
        self.xml.push_str(&format!(r#"<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{}</w:p>"#, runs(text)));
    }

    fn list(&mut self, marks: Marks, items: &[String]) {
        // The first definition is that of dots.
        let number = match marks {
            Marks::Dots => 1,
            Marks::Numbers => {
                self.numbered += 1;
                self.numbered + 1
            }
        };
        for item in items {
            self.xml.push_str(&format!(
                r#"<w:p><w:pPr><w:pStyle w:val="ListParagraph"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr></w:pPr>{}</w:p>"#,
                runs(item)
            ));
        }
    }

    fn table(&mut self, grid: &Grid) {
        if !grid.caption.is_empty() {
            self.paragraph("Caption", &line(&grid.caption));
        }
        if grid.head.is_empty() {
            return;
        }
        let widths: Vec<u32> = grid.shares().into_iter().map(twips).collect();
        self.open_table(&widths, "0020", &grid.caption);
        let head: Vec<String> = grid.head.iter().map(|name| paragraph_in_cell("TableHead", name)).collect();
        self.row(&widths, &head, r#"<w:cantSplit/><w:tblHeader/>"#);
        for row in &grid.rows {
            let cells: Vec<String> = grid.cells(row).map(|cell| paragraph_in_cell("TableText", cell)).collect();
            self.row(&widths, &cells, "<w:cantSplit/>");
        }
        self.close_table();
    }

    fn facts(&mut self, facts: &[(String, String)]) {
        if facts.is_empty() {
            return;
        }
        let widths = [WIDTH * 3 / 10, WIDTH * 7 / 10];
        // Its first column names what stands beside it.
        self.open_table(&widths, "0080", "Key facts");
        for (name, value) in facts {
            let cells = [paragraph_in_cell("TableHead", name), paragraph_in_cell("TableText", value)];
            self.row(&widths, &cells, "<w:cantSplit/>");
        }
        self.close_table();
    }

    fn open_table(&mut self, widths: &[u32], look: &str, caption: &str) {
        let columns: String = widths.iter().map(|width| format!(r#"<w:gridCol w:w="{width}"/>"#)).collect();
        self.xml.push_str(&format!(
            r#"<w:tbl><w:tblPr><w:tblStyle w:val="PaperTable"/><w:tblW w:w="{}" w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblLook w:val="{look}"/><w:tblCaption w:val="{}"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>"#,
            widths.iter().sum::<u32>(),
            escape(&line(caption))
        ));
    }

    fn row(&mut self, widths: &[u32], cells: &[String], properties: &str) {
        self.xml.push_str(&format!("<w:tr><w:trPr>{properties}</w:trPr>"));
        for (cell, width) in cells.iter().zip(widths) {
            self.xml.push_str(&format!(r#"<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{cell}</w:tc>"#));
        }
        self.xml.push_str("</w:tr>");
    }

    /// After a table stands a paragraph, or two tables would become one.
    fn close_table(&mut self) {
        self.xml.push_str(r#"</w:tbl><w:p><w:pPr><w:pStyle w:val="AfterTable"/></w:pPr></w:p>"#);
    }

    /// A picture; where it cannot be drawn, what it shows in words.
    fn picture(&mut self, picture: &Picture) {
        match draw(&picture.svg) {
            Some(drawn) => self.drawing(picture, drawn),
            None => self.paragraph("Normal", &picture.alt),
        }
        if !picture.caption.is_empty() {
            self.paragraph("PictureCaption", &line(&picture.caption));
        }
    }

    fn drawing(&mut self, picture: &Picture, drawn: Drawn) {
        let wide = PICTURE * EMU;
        let high = (f64::from(wide) * f64::from(drawn.height) / f64::from(drawn.width)).clamp(1.0, f64::from(22 * EMU));
        self.pictures.push(drawn);
        let number = self.pictures.len();
        let alt = escape(&line(&picture.alt));
        self.xml.push_str(&format!(
            r#"<w:p><w:pPr><w:pStyle w:val="Picture"/></w:pPr><w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{wide}" cy="{high:.0}"/><wp:docPr id="{number}" name="Picture {number}" descr="{alt}"/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="{number}" name="image{number}.png" descr="{alt}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="rIdImage{number}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{wide}" cy="{high:.0}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"#
        ));
    }
}

fn paragraph_in_cell(style: &str, text: &str) -> String {
    format!(r#"<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{}</w:p>"#, runs(text))
}

/// A share of the width in twentieths of a point.
fn twips(share: f32) -> u32 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of less than 10,000")]
    let twips = (f64::from(share) * f64::from(WIDTH)) as u32;
    twips
}
