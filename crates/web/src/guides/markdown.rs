//! As much of Markdown as the guides use: headings, paragraphs, lists, pictures,
//! bold words and links. What comes out is words, which the page's template
//! escapes; a comment is for the browser's tests and is not shown.

/// A part of a guide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Block {
    /// A heading below the title.
    Heading(String),
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A list with bullets.
    List(Vec<Vec<Inline>>),
    /// A list with numbers.
    Steps(Vec<Vec<Inline>>),
    /// A picture: its file's name without folder and ending, and what it shows.
    Picture {
        /// Its name.
        name: String,
        /// What it shows, for those who do not see it.
        alt: String,
    },
}

/// Words within a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Inline {
    /// Plain.
    Words(String),
    /// Bold.
    Strong(String),
    /// A link to a page of ours.
    Link(String, String),
}

/// The title, and what follows it.
pub(super) fn read(text: &str) -> (String, Vec<Block>) {
    let (mut title, mut blocks) = (String::new(), Vec::new());
    for part in text.split("\n\n").map(str::trim).filter(|part| !part.is_empty()) {
        let lines: Vec<&str> = part.lines().filter(|line| !line.starts_with("<!--")).collect();
        let Some(first) = lines.first() else { continue };
        if let Some(words) = first.strip_prefix("# ") {
            words.clone_into(&mut title);
        } else if let Some(words) = first.strip_prefix("## ") {
            blocks.push(Block::Heading(words.to_owned()));
        } else if let Some((alt, address)) = first.strip_prefix("![").and_then(pair) {
            let name = address.rsplit('/').next().unwrap_or_default().trim_end_matches(".png").to_owned();
            blocks.push(Block::Picture { name, alt });
        } else if let Some(items) = items(&lines, |line| line.strip_prefix("- ")) {
            blocks.push(Block::List(items));
        } else if let Some(items) = items(&lines, numbered) {
            blocks.push(Block::Steps(items));
        } else {
            blocks.push(Block::Paragraph(inline(&lines.join(" "))));
        }
    }
    (title, blocks)
}

/// The lines as items, where each is one.
fn items<'a>(lines: &[&'a str], item: impl Fn(&'a str) -> Option<&'a str>) -> Option<Vec<Vec<Inline>>> {
    lines.iter().map(|line| item(line).map(inline)).collect()
}

/// ‘1. Words’.
fn numbered(line: &str) -> Option<&str> {
    let (number, words) = line.split_once(". ")?;
    (!number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())).then_some(words)
}

/// ‘words](address)’, and no more.
fn pair(text: &str) -> Option<(String, String)> {
    let (words, rest) = text.split_once("](")?;
    Some((words.to_owned(), rest.strip_suffix(')')?.to_owned()))
}

fn inline(text: &str) -> Vec<Inline> {
    let mut all = Vec::new();
    let mut rest = text;
    loop {
        let strong = rest.find("**").and_then(|at| Some((at, at + 2 + rest[at + 2..].find("**")?)));
        let link = rest.find('[').and_then(|at| Some((at, at + rest[at..].find(')')?)));
        match (strong, link) {
            (Some((from, to)), link) if link.is_none_or(|(other, _)| from < other) => {
                words(&mut all, &rest[..from]);
                all.push(Inline::Strong(rest[from + 2..to].to_owned()));
                rest = &rest[to + 2..];
            }
            (_, Some((from, to))) => {
                match pair(&rest[from + 1..=to]) {
                    // Only pages of ours: a guide sends nobody elsewhere.
                    Some((shown, address)) if address.starts_with('/') => {
                        words(&mut all, &rest[..from]);
                        all.push(Inline::Link(address, shown));
                    }
                    _ => words(&mut all, &rest[..=to]),
                }
                rest = &rest[to + 1..];
            }
            _ => {
                words(&mut all, rest);
                return all;
            }
        }
    }
}

fn words(all: &mut Vec<Inline>, text: &str) {
    if !text.is_empty() {
        all.push(Inline::Words(text.to_owned()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> Vec<Inline> {
        vec![Inline::Words(text.to_owned())]
    }

    #[test]
    fn a_guide_is_read_as_it_is_written() {
        let text = "# For all\n\nSee **first** [what waits](/start).\n\n## Then\n\n- one\n- two\n\n1. a\n2. b\n\n<!-- picture: x -->\n![A page](../../assets/guides/x.png)\n";
        let (title, blocks) = read(text);
        assert_eq!(title, "For all");
        let paragraph = vec![
            Inline::Words("See ".into()),
            Inline::Strong("first".into()),
            Inline::Words(" ".into()),
            Inline::Link("/start".into(), "what waits".into()),
            Inline::Words(".".into()),
        ];
        let expected = [
            Block::Paragraph(paragraph),
            Block::Heading("Then".into()),
            Block::List(vec![plain("one"), plain("two")]),
            Block::Steps(vec![plain("a"), plain("b")]),
            Block::Picture { name: "x".into(), alt: "A page".into() },
        ];
        assert_eq!(blocks, expected);
    }

    #[test]
    fn a_link_elsewhere_stays_words() {
        let (_, blocks) = read("Go [away](https://elsewhere.example).");
        let Block::Paragraph(inline) = &blocks[0] else { panic!("{blocks:?}") };
        assert!(inline.iter().all(|one| matches!(one, Inline::Words(_))), "{inline:?}");
    }

    #[test]
    fn whatever_is_left_open_loses_no_word() {
        let pieces = ["a", "**", "[", "](", ")", "/x", " ", "é"];
        // Every text of five pieces.
        for number in 0..pieces.len().pow(5) {
            let text: String = (0..5).map(|at| pieces[number / pieces.len().pow(at) % pieces.len()]).collect();
            let mut kept = String::new();
            for one in inline(&text) {
                match one {
                    Inline::Words(words) | Inline::Strong(words) => kept.push_str(&words),
                    Inline::Link(address, words) => kept.push_str(&(words + &address)),
                }
            }
            let letters = |text: &str| text.chars().filter(|one| one.is_alphanumeric()).collect::<String>();
            assert_eq!(letters(&kept), letters(&text), "{text}");
        }
    }
}
