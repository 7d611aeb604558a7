//! The outlines of England's regions and districts.

/// What must stand under every map drawn with these outlines.
pub const ATTRIBUTION: &str = "Source: Office for National Statistics, licensed under the Open \
     Government Licence v3.0; contains OS data © Crown copyright and database right 2013";

/// A point in degrees: longitude, latitude (WGS84).
pub(crate) type Degrees = (f64, f64);

/// An area: a region or a district.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Area {
    pub(crate) name: String,
    /// Its rings: islands, and holes; a point within an odd number is inside.
    pub(crate) rings: Vec<Vec<Degrees>>,
}

impl Area {
    /// True where the point lies within, by counting the edges east of it.
    pub(crate) fn contains(&self, (x, y): Degrees) -> bool {
        let crossings = self
            .rings
            .iter()
            .flat_map(|ring| ring.iter().zip(ring.iter().cycle().skip(1)))
            .filter(|((x1, y1), (x2, y2))| {
                (*y1 > y) != (*y2 > y) && x < x1 + (y - y1) / (y2 - y1) * (x2 - x1)
            })
            .count();
        crossings % 2 == 1
    }
}

/// The outlines, read from `data/geo/england.outlines`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Outlines {
    pub(crate) regions: Vec<Area>,
    pub(crate) districts: Vec<Area>,
}

/// Why a text holds no outlines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadOutline {
    /// The line, 1 for the first.
    pub line: usize,
    /// What is wrong with it.
    pub why: &'static str,
}

impl std::fmt::Display for BadOutline {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "line {}: {}", self.line, self.why)
    }
}

impl std::error::Error for BadOutline {}

impl Outlines {
    /// Reads the format that `data/geo/make_outlines.py` writes and explains. Rings
    /// of one area stand together.
    ///
    /// # Errors
    /// Says the first line that is not of this format.
    pub fn parse(text: &str) -> Result<Self, BadOutline> {
        let mut outlines = Self::default();
        for (index, line) in text.lines().enumerate() {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let bad = |why| BadOutline {
                line: index + 1,
                why,
            };
            let mut fields = line.split('\t');
            let (Some(kind), Some(_code), Some(name), Some(ring), None) = (
                fields.next(),
                fields.next(),
                fields.next(),
                fields.next(),
                fields.next(),
            ) else {
                return Err(bad("four fields parted by tabs were expected"));
            };
            let areas = match kind {
                "R" => &mut outlines.regions,
                "D" => &mut outlines.districts,
                _ => return Err(bad("the kind is R or D")),
            };
            let ring =
                decode(ring).ok_or_else(|| bad("the ring breaks off or leaves the earth"))?;
            match areas.last_mut() {
                Some(area) if area.name == name => area.rings.push(ring),
                _ => areas.push(Area {
                    name: name.to_owned(),
                    rings: vec![ring],
                }),
            }
        }
        Ok(outlines)
    }

    /// The region in which a point lies, or `None` outside all of them. The
    /// outlines are generalised: a school on the shore may lie outside.
    #[must_use]
    pub fn region_of(&self, lat: f64, lng: f64) -> Option<&str> {
        self.regions
            .iter()
            .find(|region| region.contains((lng, lat)))
            .map(|region| region.name.as_str())
    }
}

fn decode(text: &str) -> Option<Vec<Degrees>> {
    let mut bytes = text.bytes();
    let mut points = Vec::with_capacity(text.len() / 4);
    let (mut lat, mut lng) = (0_i32, 0_i32);
    while bytes.len() > 0 {
        lat = lat.checked_add(number(&mut bytes)?)?;
        lng = lng.checked_add(number(&mut bytes)?)?;
        if lat.abs() > 900_000 || lng.abs() > 1_800_000 {
            return None;
        }
        points.push((f64::from(lng) / 1e4, f64::from(lat) / 1e4));
    }
    Some(points)
}

fn number(bytes: &mut std::str::Bytes<'_>) -> Option<i32> {
    let mut bits = 0_u32;
    for shift in (0..30).step_by(5) {
        let group = u32::from(bytes.next()?.checked_sub(63)?);
        if group > 63 {
            return None;
        }
        bits |= (group & 31) << shift;
        if group < 32 {
            let half = i32::try_from(bits >> 1).ok()?;
            return Some(if bits & 1 == 1 { !half } else { half });
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_format_s_known_example() {
        // The example of the format's own page, there with five decimals:
        // -179.98321 alone; then 38.5, -120.2 in our units as make_outlines.py
        // has it.
        assert_eq!(number(&mut "`~oia@".bytes()), Some(-17_998_321));
        assert_eq!(decode("o}nV~sjhA"), Some(vec![(-120.2, 38.5)]));
        assert_eq!(decode("o}nV~sjhA_"), None);
    }

    #[test]
    fn england_is_all_there() {
        let england = Outlines::parse(include_str!("../../../../data/geo/england.outlines"))
            .expect("our own file");
        assert_eq!((england.regions.len(), england.districts.len()), (9, 326));
        assert_eq!(england.region_of(51.5074, -0.1278), Some("London"));
        assert_eq!(england.region_of(54.9783, -1.6178), Some("North East"));
        assert_eq!(england.region_of(50.2660, -5.0527), Some("South West"));
        assert_eq!(england.region_of(55.9533, -3.1883), None);
    }

    #[test]
    fn what_is_wrong_is_said_with_its_line() {
        let error = |text| {
            Outlines::parse(text)
                .expect_err("not an outline")
                .to_string()
        };
        assert_eq!(
            error("# x\nR\tE1\tLondon"),
            "line 2: four fields parted by tabs were expected"
        );
        assert_eq!(error("X\tE1\tLondon\t??"), "line 1: the kind is R or D");
        assert_eq!(
            error("R\tE1\tLondon\t~~~~~~~~~"),
            "line 1: the ring breaks off or leaves the earth"
        );
    }

    proptest! {
        #[test]
        fn no_text_ends_it(text in "([RD]\t[A-Z]{0,3}\t[a-z]{0,3}\t[ -~]{0,40}\n|\\PC{0,20}\n){0,6}") {
            let _ = Outlines::parse(&text);
        }
    }
}
