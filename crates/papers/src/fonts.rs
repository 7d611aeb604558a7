//! The font of papers: Liberation Sans, as wide as Arial. Its licence lies beside
//! it in `assets/fonts`.

use std::sync::LazyLock;

/// Its upright face.
pub(crate) static REGULAR: &[u8] = include_bytes!("../../../assets/fonts/LiberationSans-Regular.ttf");

/// Its bold face.
pub(crate) static BOLD: &[u8] = include_bytes!("../../../assets/fonts/LiberationSans-Bold.ttf");

/// Which face.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Face {
    /// Upright.
    Regular,
    /// Bold.
    Bold,
}

type Parsed = Option<ttf_parser::Face<'static>>;

static FACES: LazyLock<[Parsed; 2]> =
    LazyLock::new(|| [REGULAR, BOLD].map(|bytes| ttf_parser::Face::parse(bytes, 0).ok()));

impl Face {
    fn parsed(self) -> Option<&'static ttf_parser::Face<'static>> {
        let [regular, bold] = &*FACES;
        match self {
            Self::Regular => regular.as_ref(),
            Self::Bold => bold.as_ref(),
        }
    }

    /// Whether it has a sign for `c`.
    fn has(self, c: char) -> bool {
        self.parsed().and_then(|face| face.glyph_index(c)).is_some_and(|glyph| glyph.0 != 0)
    }

    /// How wide `text` is at `size`, without kerning, which only brings letters
    /// closer.
    pub(crate) fn width(self, text: &str, size: f32) -> f32 {
        let Some(face) = self.parsed() else { return 0.0 };
        let advance = |c: char| face.glyph_index(c).and_then(|glyph| face.glyph_hor_advance(glyph)).unwrap_or(0);
        let units: u32 = text.chars().map(|c| u32::from(advance(c))).sum();
        #[expect(clippy::cast_precision_loss, reason = "a line is far shorter than 2^24 units")]
        let width = units as f32 / f32::from(face.units_per_em()) * size;
        width
    }

    /// `text` in signs that the face has: an empty box for one that it has not,
    /// nothing for one that is not to be seen.
    pub(crate) fn shown(self, text: &str) -> String {
        const BOX: char = '\u{25a1}';
        let unseen = |c: char| matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}');
        let sign = |c: char| if self.has(c) { c } else { BOX };
        text.chars().filter(|c| !unseen(*c)).map(sign).collect()
    }
}

/// `text` in lines no wider than `room`, broken at blanks; a word that is wider is
/// broken where the room ends. Line breaks in it are kept. At least one line. The
/// blank at which a line was broken stays at its end, unseen, so that whoever reads
/// aloud or copies does not run two words together.
pub(crate) fn wrap(text: &str, face: Face, size: f32, room: f32) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for part in text.split('\n') {
        if let Some(last) = lines.last_mut() {
            last.push(' ');
        }
        lines.extend(wrap_part(part, face, size, room));
    }
    lines
}

fn wrap_part(text: &str, face: Face, size: f32, room: f32) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    let mut wide = 0.0;
    let blank = face.width(" ", size);
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let width = face.width(&face.shown(word), size);
        if !line.is_empty() && wide + blank + width > room {
            line.push(' ');
            lines.push(std::mem::take(&mut line));
            wide = 0.0;
        }
        if !line.is_empty() {
            line.push(' ');
            wide += blank;
        }
        if wide + width <= room {
            line.push_str(word);
            wide += width;
            continue;
        }
        for c in word.chars() {
            let width = face.width(&face.shown(c.encode_utf8(&mut [0; 4])), size);
            if !line.is_empty() && wide + width > room {
                lines.push(std::mem::take(&mut line));
                wide = 0.0;
            }
            line.push(c);
            wide += width;
        }
    }
    lines.push(line);
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_font_is_there_and_knows_its_widths() {
        // Arial's: 1139 of 2048 for a digit, 569 for a blank.
        assert!((Face::Regular.width("0", 2048.0) - 1139.0).abs() < 0.5);
        assert!((Face::Bold.width(" ", 2048.0) - 569.0).abs() < 0.5);
        assert_eq!(Face::Regular.shown("é ‘x’ – …\u{200b}学"), "é ‘x’ – …□");
    }

    proptest! {
        #[test]
        fn lines_fit_and_lose_nothing(text in "\\PC{0,80}|[a-z \n]{0,200}", room in 20.0_f32..200.0) {
            let lines = wrap(&text, Face::Regular, 10.0, room);
            for line in lines.iter().map(|line| line.trim_end()) {
                prop_assert!(line.chars().count() <= 1 || Face::Regular.width(&Face::Regular.shown(line), 10.0) <= room + 0.01);
            }
            let plain = |text: &str| text.chars().filter(|c| !matches!(c, ' ' | '\n')).collect::<String>();
            prop_assert_eq!(plain(&lines.concat()), plain(&text));
        }
    }
}
