//! A PDF as a screen reader has it: by its structure, not by what stands where.

use std::collections::BTreeMap;

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId};

/// An element of the structure with what it holds.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Element {
    pub(crate) role: String,
    pub(crate) alt: Option<String>,
    pub(crate) scope: Option<String>,
    pub(crate) text: String,
    pub(crate) children: Vec<Element>,
}

impl Element {
    /// This one and all below it, in reading order.
    pub(crate) fn all(&self) -> Vec<&Element> {
        let mut all = vec![self];
        all.extend(self.children.iter().flat_map(Element::all));
        all
    }

    /// All that is read of it.
    pub(crate) fn read(&self) -> String {
        let below: String = self.children.iter().map(Element::read).collect();
        format!("{}{below}", self.text)
    }
}

/// What marked content of a page holds, by its number.
type Marked = BTreeMap<i64, String>;

pub(crate) fn resolved<'a>(document: &'a Document, object: &'a Object) -> &'a Object {
    match object {
        Object::Reference(id) => document.get_object(*id).expect("an object"),
        other => other,
    }
}

pub(crate) fn entry<'a>(document: &'a Document, dict: &'a Dictionary, key: &str) -> Option<&'a Object> {
    dict.get(key.as_bytes()).ok().map(|object| resolved(document, object))
}

/// A text string: UTF-16 with a mark, or bytes.
pub(crate) fn text(object: &Object) -> String {
    let bytes = object.as_str().expect("a string");
    match bytes {
        [0xfe, 0xff, rest @ ..] => {
            let units: Vec<u16> = rest.chunks(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
            String::from_utf16(&units).expect("UTF-16")
        }
        other => other.iter().map(|byte| char::from(*byte)).collect(),
    }
}

/// The elements at the top of the structure.
pub(crate) fn structure(document: &Document) -> Vec<Element> {
    let pages: BTreeMap<ObjectId, Marked> =
        document.get_pages().into_values().map(|id| (id, marked(document, id))).collect();
    let catalog = document.catalog().expect("a catalog");
    let root = entry(document, catalog, "StructTreeRoot").expect("a structure").as_dict().expect("a dictionary");
    kids(document, root).into_iter().filter_map(|kid| element(document, kid, None, &pages)).collect()
}

fn kids<'a>(document: &'a Document, dict: &'a Dictionary) -> Vec<&'a Object> {
    match entry(document, dict, "K") {
        Some(Object::Array(kids)) => kids.iter().map(|kid| resolved(document, kid)).collect(),
        Some(kid) => vec![kid],
        None => Vec::new(),
    }
}

fn element(
    document: &Document,
    object: &Object,
    page: Option<ObjectId>,
    pages: &BTreeMap<ObjectId, Marked>,
) -> Option<Element> {
    let dict = object.as_dict().ok()?;
    let role = String::from_utf8(dict.get(b"S").ok()?.as_name().ok()?.to_vec()).ok()?;
    let page = dict.get(b"Pg").ok().and_then(|page| page.as_reference().ok()).or(page);
    let mut out = Element {
        role,
        alt: entry(document, dict, "Alt").map(text),
        scope: scope(document, dict),
        text: String::new(),
        children: Vec::new(),
    };
    let said = |page: Option<ObjectId>, number: i64| {
        pages.get(&page.expect("a page")).and_then(|marked| marked.get(&number)).cloned().expect("marked content")
    };
    for kid in kids(document, dict) {
        match kid {
            Object::Integer(number) => out.text += &said(page, *number),
            Object::Dictionary(one) if one.has(b"MCID") => {
                let own = one.get(b"Pg").ok().and_then(|page| page.as_reference().ok()).or(page);
                out.text += &said(own, one.get(b"MCID").and_then(Object::as_i64).expect("a number"));
            }
            other => out.children.extend(element(document, other, page, pages)),
        }
    }
    Some(out)
}

fn scope(document: &Document, dict: &Dictionary) -> Option<String> {
    let one = |object: &Object| {
        let name = object.as_dict().ok()?.get(b"Scope").ok()?.as_name().ok()?;
        String::from_utf8(name.to_vec()).ok()
    };
    match entry(document, dict, "A")? {
        Object::Array(all) => all.iter().find_map(|object| one(resolved(document, object))),
        object => one(object),
    }
}

/// The marked content of a page: its actual text where it has one, else its signs.
fn marked(document: &Document, page: ObjectId) -> Marked {
    let content = Content::decode(&document.get_page_content(page)).expect("content");
    let fonts = document.get_page_fonts(page).expect("fonts");
    let maps: BTreeMap<Vec<u8>, BTreeMap<u16, String>> =
        fonts.into_iter().map(|(name, font)| (name, to_unicode(document, font))).collect();
    let mut out = Marked::new();
    let (mut now, mut actual, mut depth, mut font) = (None, None, 0, Vec::new());
    for operation in &content.operations {
        match operation.operator.as_str() {
            "BDC" | "BMC" => {
                depth += 1;
                let properties = operation.operands.get(1).and_then(|object| object.as_dict().ok());
                if let Some(number) = properties.and_then(|dict| dict.get(b"MCID").and_then(Object::as_i64).ok()) {
                    (now, actual, depth) = (Some(number), None, 1);
                    out.entry(number).or_default();
                }
                if let Some(words) = properties.and_then(|dict| dict.get(b"ActualText").ok()) {
                    actual = Some((depth, text(words)));
                }
            }
            "EMC" => {
                if let (Some(number), Some((at, words))) = (now, &actual)
                    && *at == depth
                {
                    out.entry(number).or_default().push_str(words);
                    actual = None;
                }
                depth -= 1;
                if depth == 0 {
                    now = None;
                }
            }
            "Tf" => font = operation.operands[0].as_name().expect("a name").to_vec(),
            "Tj" | "TJ" if actual.is_none() => {
                if let Some(number) = now {
                    let signs = signs(&operation.operands, &maps[&font]);
                    out.entry(number).or_default().push_str(&signs);
                }
            }
            _ => {}
        }
    }
    out
}

fn signs(operands: &[Object], map: &BTreeMap<u16, String>) -> String {
    let mut out = String::new();
    for object in operands {
        match object {
            Object::Array(parts) => out += &signs(parts, map),
            Object::String(bytes, _) => {
                for pair in bytes.chunks(2) {
                    out += map.get(&u16::from_be_bytes([pair[0], pair[1]])).map_or("", String::as_str);
                }
            }
            _ => {}
        }
    }
    out
}

/// What each sign of a font means.
fn to_unicode(document: &Document, font: &Dictionary) -> BTreeMap<u16, String> {
    let mut map = BTreeMap::new();
    let Some(Object::Stream(stream)) = entry(document, font, "ToUnicode") else { return map };
    let bytes = stream.decompressed_content().unwrap_or_else(|_| stream.content.clone());
    let cmap = String::from_utf8_lossy(&bytes).into_owned();
    let hex = |word: &str| -> Vec<u16> {
        let digits: Vec<char> = word.trim_matches(['<', '>']).chars().collect();
        digits.chunks(4).filter_map(|four| u16::from_str_radix(&four.iter().collect::<String>(), 16).ok()).collect()
    };
    for section in cmap.split("beginbfchar").skip(1) {
        let section = section.split("endbfchar").next().unwrap_or_default();
        let words: Vec<Vec<u16>> = section.split_whitespace().map(hex).collect();
        for pair in words.chunks(2).filter(|pair| pair.len() == 2) {
            map.insert(pair[0][0], String::from_utf16_lossy(&pair[1]));
        }
    }
    for section in cmap.split("beginbfrange").skip(1) {
        let section = section.split("endbfrange").next().unwrap_or_default();
        let words: Vec<Vec<u16>> = section.split_whitespace().map(hex).collect();
        for three in words.chunks(3).filter(|three| three.len() == 3) {
            for sign in three[0][0]..=three[1][0] {
                let mut units = three[2].clone();
                if let Some(last) = units.last_mut() {
                    *last += sign - three[0][0];
                }
                map.insert(sign, String::from_utf16_lossy(&units));
            }
        }
    }
    map
}
