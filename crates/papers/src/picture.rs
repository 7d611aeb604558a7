//! Pictures of papers: SVG, read without anything from outside itself and set in
//! the font of papers.

use std::sync::{Arc, LazyLock};

use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::{ImageHrefResolver, Options, Tree, fontdb};

use crate::fonts::{BOLD, REGULAR};

/// A picture drawn as PNG.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Drawn {
    pub(crate) png: Vec<u8>,
    pub(crate) width: u32,
    pub(crate) height: u32,
}

/// How many dots wide a drawn picture is: enough to be printed 17 cm wide.
const DOTS: f32 = 1600.0;

/// The most dots high; a higher picture is drawn smaller.
const HIGHEST: f32 = 3200.0;

/// The fonts that pictures know: those of papers, whatever a picture asks for.
static FONTS: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
    let mut fonts = fontdb::Database::new();
    fonts.load_font_data(REGULAR.to_vec());
    fonts.load_font_data(BOLD.to_vec());
    for set in [
        fontdb::Database::set_sans_serif_family,
        fontdb::Database::set_serif_family,
        fontdb::Database::set_monospace_family,
    ] {
        set(&mut fonts, "Liberation Sans");
    }
    Arc::new(fonts)
});

/// The picture as a tree; `None` where it is no SVG. Addresses in it lead nowhere.
pub(crate) fn tree(svg: &str) -> Option<Tree> {
    let options = Options {
        font_family: "Liberation Sans".to_owned(),
        fontdb: FONTS.clone(),
        image_href_resolver: ImageHrefResolver {
            resolve_data: Box::new(|_, _, _| None),
            resolve_string: Box::new(|_, _| None),
        },
        ..Options::default()
    };
    Tree::from_str(svg, &options).ok()
}

/// The picture as PNG on white; `None` where it is no SVG or has no size.
pub(crate) fn draw(svg: &str) -> Option<Drawn> {
    let tree = tree(svg)?;
    let size = tree.size();
    let scale = (DOTS / size.width()).min(HIGHEST / size.height());
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most 3200")]
    let dots = |length: f32| ((length * scale).ceil() as u32).max(1);
    let mut pixmap = Pixmap::new(dots(size.width()), dots(size.height()))?;
    pixmap.fill(Color::WHITE);
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixmap.as_mut());
    let (width, height) = (pixmap.width(), pixmap.height());
    Some(Drawn { png: pixmap.encode_png().ok()?, width, height })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SQUARE: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 40"><rect width="40" height="40" fill="#1d70b8"/><text x="44" y="20" font-family="arial, sans-serif" font-size="10">Ab</text></svg>"##;

    #[test]
    fn a_picture_is_drawn_with_its_words() {
        let drawn = draw(SQUARE).expect("a picture");
        assert_eq!((drawn.width, drawn.height), (1600, 800));
        assert!(drawn.png.starts_with(b"\x89PNG"));
        // Words take ink: without them the file is smaller.
        let without = draw(&SQUARE.replace("Ab", "")).expect("a picture");
        assert!(without.png.len() < drawn.png.len());
    }

    #[test]
    fn what_is_no_picture_is_none() {
        for wrong in ["", "<p>", "not a picture", r#"<svg xmlns="http://www.w3.org/2000/svg" width="0" height="0"/>"#] {
            assert!(draw(wrong).is_none(), "{wrong}");
        }
    }

    #[test]
    fn nothing_is_fetched_from_outside() {
        let outside = r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><image href="/etc/hostname" width="10" height="10"/><image href="../Cargo.toml" width="9" height="9"/></svg>"#;
        let empty = r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"/>"#;
        assert_eq!(draw(outside), draw(empty));
    }
}
