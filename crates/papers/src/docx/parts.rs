//! The parts of a Word document beside its body.

use super::body::escape;
use crate::paper::{Paper, line};

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;
const W: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main""#;
const TYPES: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";
const KINDS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

pub(super) const RELS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/><Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties" Target="docProps/app.xml"/></Relationships>"#;

pub(super) const APP: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>Aspire</Application></Properties>"#;

pub(super) const SETTINGS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:settings xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:zoom w:percent="100"/><w:defaultTabStop w:val="567"/><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat><w:themeFontLang w:val="en-GB"/></w:settings>"#;

pub(super) fn content_types() -> String {
    let part = |name: &str, kind: &str| format!(r#"<Override PartName="{name}" ContentType="{kind}"/>"#);
    format!(
        r#"{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>{}{}{}{}{}{}{}</Types>"#,
        part("/word/document.xml", &format!("{TYPES}.document.main+xml")),
        part("/word/styles.xml", &format!("{TYPES}.styles+xml")),
        part("/word/settings.xml", &format!("{TYPES}.settings+xml")),
        part("/word/numbering.xml", &format!("{TYPES}.numbering+xml")),
        part("/word/footer1.xml", &format!("{TYPES}.footer+xml")),
        part("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
        part("/docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml"),
    )
}

pub(super) fn document_rels(pictures: usize) -> String {
    let mut rels = String::new();
    for (number, name) in (1..).zip(["styles", "settings", "numbering"]) {
        rels += &format!(r#"<Relationship Id="rId{number}" Type="{KINDS}/{name}" Target="{name}.xml"/>"#);
    }
    rels += &format!(r#"<Relationship Id="rId4" Type="{KINDS}/footer" Target="footer1.xml"/>"#);
    for number in 1..=pictures {
        rels +=
            &format!(r#"<Relationship Id="rIdImage{number}" Type="{KINDS}/image" Target="media/image{number}.png"/>"#);
    }
    format!(
        r#"{HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rels}</Relationships>"#
    )
}

/// Title, language and day of the document. Nobody is named as its author.
pub(super) fn core(paper: &Paper) -> String {
    format!(
        r#"{HEAD}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{}</dc:title><dc:creator>{}</dc:creator><dc:language>en-GB</dc:language><cp:version>{}</cp:version><cp:contentStatus>{}</cp:contentStatus><dcterms:created xsi:type="dcterms:W3CDTF">{}T00:00:00Z</dcterms:created></cp:coreProperties>"#,
        escape(&line(&format!("{}, {}", paper.title, paper.school))),
        escape(&line(&paper.school)),
        escape(&line(&paper.version)),
        paper.status.word(),
        paper.date
    )
}

/// On each page: whose, what, which version, and the page of how many.
pub(super) fn footer(paper: &Paper) -> String {
    let field = |name: &str| {
        format!(
            r#"<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> {name} </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>"#
        )
    };
    let words = |text: &str| format!(r#"<w:r><w:t xml:space="preserve">{}</w:t></w:r>"#, escape(&line(text)));
    format!(
        r#"{HEAD}<w:ftr {W}><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>{}<w:r><w:tab/></w:r>{}{}{}{}</w:p></w:ftr>"#,
        words(&format!("{} · {} · {}", paper.school, paper.title, paper.standing())),
        words("Page "),
        field("PAGE"),
        words(" of "),
        field("NUMPAGES")
    )
}

/// Dots as number 1, then a definition for each numbered list, which begins at 1.
pub(super) fn numbering(numbered: usize) -> String {
    let level = |format: &str, text: &str| {
        format!(
            r#"<w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{format}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="425" w:hanging="425"/></w:pPr></w:lvl>"#
        )
    };
    let lists: String = (2..numbered + 2)
        .map(|number| {
            format!(
                r#"<w:num w:numId="{number}"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>"#
            )
        })
        .collect();
    format!(
        r#"{HEAD}<w:numbering {W}><w:abstractNum w:abstractNumId="0">{}</w:abstractNum><w:abstractNum w:abstractNumId="1">{}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>{lists}</w:numbering>"#,
        level("bullet", "•"),
        level("decimal", "%1.")
    )
}

/// A style of paragraphs: its name, what it is based on, its paragraph and run
/// properties.
fn style((id, name): (&str, &str), based: &str, paragraph: &str, run: &str) -> String {
    format!(
        r#"<w:style w:type="paragraph" w:styleId="{id}"><w:name w:val="{name}"/><w:basedOn w:val="{based}"/><w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"#
    )
}

pub(super) fn styles() -> String {
    let size = |half_points: u8| format!(r#"<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>"#);
    let spacing = |before: u16, after: u16| format!(r#"<w:spacing w:before="{before}" w:after="{after}"/>"#);
    let heading = |level: u8, before: u16| {
        format!(r#"<w:keepNext/><w:keepLines/>{}<w:outlineLvl w:val="{level}"/>"#, spacing(before, 100))
    };
    let box_left = r#"<w:pBdr><w:left w:val="single" w:sz="36" w:space="8" w:color="1D70B8"/></w:pBdr>"#;
    let grey = r#"<w:color w:val="505A5F"/>"#;
    let all = [
        style(
            ("Title", "Title"),
            "Normal",
            &format!("<w:keepNext/>{}", spacing(0, 120)),
            &format!("<w:b/>{}", size(48)),
        ),
        style(
            ("Subtitle", "Subtitle"),
            "Normal",
            &format!("<w:keepNext/>{}", spacing(0, 40)),
            &format!("{grey}{}", size(26)),
        ),
        style(("Standing", "Standing"), "Normal", &spacing(0, 40), ""),
        style(
            ("SeenBy", "Seen by"),
            "Normal",
            &format!(
                r#"<w:pBdr><w:bottom w:val="single" w:sz="8" w:space="6" w:color="B1B4B6"/></w:pBdr>{}"#,
                spacing(0, 280)
            ),
            "",
        ),
        style(("Heading1", "heading 1"), "Normal", &heading(0, 360), &format!("<w:b/>{}", size(32))),
        style(("Heading2", "heading 2"), "Normal", &heading(1, 240), &format!("<w:b/>{}", size(26))),
        style(
            ("ListParagraph", "List Paragraph"),
            "Normal",
            r#"<w:spacing w:after="80"/><w:ind w:left="425" w:hanging="425"/>"#,
            "",
        ),
        style(("Caption", "caption"), "Normal", &format!("<w:keepNext/>{}", spacing(160, 80)), "<w:b/>"),
        style(("Picture", "Picture"), "Normal", &format!("<w:keepNext/>{}", spacing(120, 60)), ""),
        style(("PictureCaption", "Picture caption"), "Normal", &spacing(0, 200), &format!("{grey}{}", size(19))),
        style(("TableText", "Table text"), "Normal", &spacing(40, 40), &size(20)),
        style(("TableHead", "Table head"), "TableText", "", "<w:b/>"),
        style(
            ("AfterTable", "After table"),
            "Normal",
            r#"<w:spacing w:before="0" w:after="60" w:line="200" w:lineRule="exact"/>"#,
            &size(12),
        ),
        style(
            ("CallOutHeading", "Call-out heading"),
            "Normal",
            &format!(r#"<w:keepNext/>{box_left}<w:spacing w:before="200" w:after="0"/><w:ind w:left="227"/>"#),
            "<w:b/>",
        ),
        style(
            ("CallOut", "Call-out"),
            "Normal",
            &format!(r#"{box_left}<w:spacing w:before="0" w:after="240"/><w:ind w:left="227"/>"#),
            "",
        ),
        style(
            ("Footer", "footer"),
            "Normal",
            r#"<w:tabs><w:tab w:val="right" w:pos="9638"/></w:tabs><w:spacing w:after="0"/>"#,
            &format!("{grey}{}", size(16)),
        ),
    ];
    let edge = |side: &str| format!(r#"<w:{side} w:val="single" w:sz="4" w:space="0" w:color="B1B4B6"/>"#);
    format!(
        r#"{HEAD}<w:styles {W}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:eastAsia="Arial" w:cs="Arial"/>{}<w:lang w:val="en-GB" w:eastAsia="en-GB" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="140" w:line="276" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style><w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="85" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style><w:style w:type="table" w:styleId="PaperTable"><w:name w:val="Paper table"/><w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>{}{}{}</w:tblBorders></w:tblPr><w:tblStylePr w:type="firstRow"><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="F3F2F1"/></w:tcPr></w:tblStylePr></w:style>{}</w:styles>"#,
        size(22),
        edge("top"),
        edge("bottom"),
        edge("insideH"),
        all.concat()
    )
}
