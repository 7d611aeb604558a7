//! How wide a text is, at most, and how it breaks into lines.

/// Widths of the printable ASCII characters in hundredths of the font size: of
/// each the wider of DejaVu Sans (as wide as Verdana) and Liberation Sans (as
/// wide as Arial and Helvetica). A page's own font is hardly ever wider.
const REGULAR: [u8; 95] = [
    32, 40, 46, 84, 64, 95, 78, 28, 39, 39, 50, 84, 32, 36, 32, 34, 64, 64, 64, 64, 64, 64, 64, 64,
    64, 64, 34, 34, 84, 84, 84, 56, 102, 69, 69, 73, 77, 67, 61, 78, 76, 30, 50, 67, 56, 87, 75,
    79, 67, 79, 73, 67, 61, 74, 69, 99, 69, 67, 69, 39, 34, 39, 84, 56, 50, 62, 64, 55, 64, 62, 36,
    64, 64, 28, 28, 58, 28, 98, 64, 62, 64, 64, 42, 52, 40, 64, 60, 82, 60, 60, 53, 64, 34, 64, 84,
];

/// The same, bold.
const BOLD: [u8; 95] = [
    35, 46, 52, 84, 70, 101, 88, 31, 46, 46, 53, 84, 38, 42, 38, 37, 70, 70, 70, 70, 70, 70, 70,
    70, 70, 70, 40, 40, 84, 84, 84, 61, 100, 78, 77, 74, 83, 69, 69, 82, 84, 38, 56, 78, 64, 100,
    84, 85, 74, 85, 77, 72, 69, 82, 78, 111, 77, 73, 73, 46, 37, 46, 84, 56, 50, 68, 72, 60, 72,
    68, 44, 72, 72, 35, 35, 67, 35, 105, 72, 69, 72, 72, 50, 60, 48, 72, 66, 93, 65, 66, 59, 72,
    37, 72, 84,
];

/// How heavy a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Weight {
    Regular,
    Bold,
}

/// The most that `text` takes at font size `size`, in the same units.
pub(crate) fn width(text: &str, size: f64, weight: Weight) -> f64 {
    let table = match weight {
        Weight::Regular => &REGULAR,
        Weight::Bold => &BOLD,
    };
    let hundredths: u32 = text
        .chars()
        .map(|c| match c {
            ' '..='~' => u32::from(table[c as usize - 32]),
            '‘' | '’' => 38,
            // Letters with accents are as wide as without; what is beyond (such
            // as Chinese) may fill a square.
            c if (c as u32) < 0x250 => 80,
            '–' | '“' | '”' => 60,
            _ => 105,
        })
        .sum();
    f64::from(hundredths) / 100.0 * size
}

/// `text` in lines no wider than `room`, broken at blanks, at most `most` lines;
/// what does not fit is cut with an ellipsis.
pub(crate) fn wrap(text: &str, room: f64, most: usize, size: f64, weight: Weight) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        if let Some(last) = lines.last_mut() {
            let longer = format!("{last} {word}");
            if width(&longer, size, weight) <= room {
                *last = longer;
                continue;
            }
        }
        if lines.len() == most {
            if let Some(last) = lines.last_mut() {
                last.push('…');
            }
            break;
        }
        lines.push(word.to_owned());
    }
    for line in &mut lines {
        *line = cut(line, room, size, weight);
    }
    lines
}

/// As [`wrap`], in the narrowest lines that need no more of them: ‘published:’ over
/// ‘6 of 30’ rather than ‘published: 6’ over ‘of 30’.
pub(crate) fn balance(
    text: &str,
    room: f64,
    most: usize,
    size: f64,
    weight: Weight,
) -> Vec<String> {
    let mut lines = wrap(text, room, most, size, weight);
    let full = lines.join(" ");
    let mut narrower = room;
    while narrower > size {
        narrower -= size / 4.0;
        let tried = wrap(text, narrower, most, size, weight);
        if tried.len() > lines.len() || tried.join(" ") != full {
            break;
        }
        lines = tried;
    }
    lines
}

/// `text`, or its beginning with an ellipsis where it is wider than `room`.
pub(crate) fn cut(text: &str, room: f64, size: f64, weight: Weight) -> String {
    if width(text, size, weight) <= room {
        return text.to_owned();
    }
    let mut kept: String = text.trim_end_matches('…').to_owned();
    while !kept.is_empty() && width(&kept, size, weight) + 1.05 * size > room {
        kept.pop();
    }
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_no_wider_than_their_room() {
        let lines = wrap(
            "Schools like them in the nation",
            90.0,
            2,
            14.0,
            Weight::Bold,
        );
        assert_eq!(lines, ["Schools", "like them…"].map(str::to_owned));
        for line in wrap(
            "Llanfairpwllgwyngyllgogerychwyrndrobwll",
            60.0,
            3,
            14.0,
            Weight::Regular,
        ) {
            assert!(width(&line, 14.0, Weight::Regular) <= 60.0);
        }
    }
}
