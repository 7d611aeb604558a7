//! The guides, one for each role: `docs/guides/*.md` and their pictures, as they
//! are shown at `/help/{role}`. The browser's tests make the pictures.

mod markdown;

pub(crate) use markdown::{Block, Inline};

use programme::who::Role;
use std::sync::OnceLock;

macro_rules! guides {
    ($($key:literal)*) => {
        &[$(($key, include_str!(concat!("../../../../docs/guides/", $key, ".md"))),)*]
    };
}

macro_rules! pictures {
    ($($name:literal)*) => {
        &[$(($name, include_bytes!(concat!("../../../../assets/guides/", $name, ".png")).as_slice()),)*]
    };
}

static FILES: &[(&str, &str)] = guides! {
    "programme-lead" "adviser" "head" "strand-lead" "teacher" "governor" "peer-reviewer" "funder" "evaluator"
    "administrator"
};

static PICTURES: &[(&str, &[u8])] = pictures! {
    "administrator-health" "administrator-jobs" "adviser-notes" "adviser-schools" "evaluator-cohort" "funder-sums"
    "governor-start" "head-plan" "head-reviews" "head-start" "peer-reviewer-start" "programme-lead-programme"
    "programme-lead-school" "programme-lead-steps" "strand-lead-plan" "strand-lead-priorities" "teacher-start" "teacher-view"
};

/// A guide.
#[derive(Debug)]
pub(crate) struct Guide {
    /// Its name in addresses.
    pub(crate) key: &'static str,
    /// ‘Aspire for heads and deputies’.
    pub(crate) title: String,
    /// What it says.
    pub(crate) blocks: Vec<Block>,
}

/// All guides, in the order in which people come to a programme.
pub(crate) fn all() -> &'static [Guide] {
    static ALL: OnceLock<Vec<Guide>> = OnceLock::new();
    ALL.get_or_init(|| {
        let read = |(key, text): &(&'static str, &str)| {
            let (title, blocks) = markdown::read(text);
            Guide { key, title, blocks }
        };
        FILES.iter().map(read).collect()
    })
}

/// The guide with this name.
pub(crate) fn guide(key: &str) -> Option<&'static Guide> {
    all().iter().find(|guide| guide.key == key)
}

/// The name of the guide for a role: some roles share one.
pub(crate) const fn of(role: Role) -> &'static str {
    match role {
        Role::Administrator => "administrator",
        Role::ProgrammeLead => "programme-lead",
        Role::Adviser => "adviser",
        Role::Head | Role::Deputy => "head",
        Role::StrandLead => "strand-lead",
        Role::TeamLeader | Role::Teacher => "teacher",
        Role::Governor => "governor",
        Role::PeerReviewer => "peer-reviewer",
        Role::Funder => "funder",
        Role::Evaluator => "evaluator",
    }
}

/// A picture, as a PNG file.
pub(crate) fn picture(name: &str) -> Option<&'static [u8]> {
    PICTURES.iter().find(|(known, _)| *known == name).map(|(_, bytes)| *bytes)
}

/// Width and height of a picture, as its head says.
pub(crate) fn size(png: &[u8]) -> Option<(u32, u32)> {
    let number = |from: usize| Some(u32::from_be_bytes(png.get(from..from + 4)?.try_into().ok()?));
    Some((number(16)?, number(20)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// Most bytes of a picture, and of all together.
    const MOST: (usize, usize) = (60 * 1024, 1_500_000);

    fn named(guide: &Guide) -> impl Iterator<Item = (&str, &str)> {
        guide.blocks.iter().filter_map(|block| match block {
            Block::Picture { name, alt } => Some((name.as_str(), alt.as_str())),
            _ => None,
        })
    }

    #[test]
    fn every_role_has_its_guide() {
        for role in Role::ALL {
            assert!(guide(of(*role)).is_some(), "{role:?}");
        }
        let used: BTreeSet<&str> = Role::ALL.iter().map(|role| of(*role)).collect();
        assert_eq!(used.len(), all().len(), "each guide is somebody’s");
    }

    #[test]
    fn every_guide_says_first_what_one_comes_for_and_how_long_it_takes() {
        for guide in all() {
            assert!(guide.title.starts_with("Aspire for "), "{}", guide.title);
            let text = FILES.iter().find(|(key, _)| *key == guide.key).map(|(_, text)| *text).unwrap();
            let parts = [
                "You come here",
                "**How long it takes.**",
                "## What you do first",
                "## What others see of it",
                "## Where to get help",
            ];
            let places: Vec<usize> =
                parts.iter().map(|part| text.find(part).unwrap_or_else(|| panic!("{}: {part}", guide.key))).collect();
            assert!(places.is_sorted(), "{}: {places:?}", guide.key);
            assert!(!text.contains('!') || !text.replace("![", "").replace("<!--", "").contains('!'), "{}", guide.key);
        }
    }

    #[test]
    fn every_picture_that_a_guide_names_is_there_and_small() {
        let mut all_named = BTreeSet::new();
        for guide in all() {
            assert!(named(guide).count() > 0, "{} has a picture", guide.key);
            for (name, alt) in named(guide) {
                let png = picture(name).unwrap_or_else(|| panic!("{}: no picture {name}", guide.key));
                assert!(png.starts_with(b"\x89PNG") && png.len() <= MOST.0, "{name}: {} bytes", png.len());
                let (width, height) = size(png).unwrap();
                assert!(width >= 300 && height >= 200, "{name} is {width} by {height}");
                assert!(alt.chars().count() > 20, "{name} says what it shows");
                all_named.insert(name);
            }
        }
        assert_eq!(all_named, PICTURES.iter().map(|(name, _)| *name).collect(), "no picture lies about");
        assert!(PICTURES.iter().map(|(_, bytes)| bytes.len()).sum::<usize>() < MOST.1);
    }

    #[test]
    fn every_picture_says_for_the_browser_where_it_is_taken() {
        for (key, text) in FILES {
            for (name, _) in named(guide(key).unwrap()) {
                let said = text.lines().filter(|line| line.starts_with(&format!("<!-- picture: {name} | ")));
                let parts: Vec<usize> = said.map(|line| line.split(" | ").count()).collect();
                assert_eq!(parts, [4], "{key}: {name} has its role, its page and its words");
            }
        }
    }
}
