//! What the register knows of a school, fact by fact.

use kernel::{Date, Urn};
use serde::{
    Deserialize, Deserializer, Serialize,
    de::{self, MapAccess, Visitor, value::MapAccessDeserializer},
};

/// What one source says of one school. A blank cell says nothing and is left
/// out, so that a newer file does not erase what an older one alone knew.
#[derive(Debug, Clone, PartialEq)]
pub struct SchoolSheet {
    /// The school.
    pub urn: Urn,
    /// Its facts, each at most once, in the order of [`SchoolField`].
    pub facts: Vec<(SchoolField, Fact)>,
}

/// A fact about a school, as it is kept.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Fact {
    /// A whole number: pupils, capacity, easting (metres), ages.
    Whole(i64),
    /// A decimal: a percentage (0 to 100), latitude or longitude (degrees).
    Decimal(f64),
    /// A text, or a date as ISO text.
    Text(String),
    /// Not a value but a state.
    State {
        /// Which.
        state: State,
        /// The marker as it stands in the file: ‘SUPP’, ‘NE’, ‘x’.
        marker: String,
    },
}

/// Read by its form in JSON. By hand, because millions are read, and serde's
/// own way of trying one kind after the other keeps a copy of each.
impl<'de> Deserialize<'de> for Fact {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(FactForm)
    }
}

struct FactForm;

impl<'de> Visitor<'de> for FactForm {
    type Value = Fact;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a number, a text or a state")
    }

    fn visit_i64<E>(self, number: i64) -> Result<Fact, E> {
        Ok(Fact::Whole(number))
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Fact, E> {
        i64::try_from(number).map(Fact::Whole).map_err(de::Error::custom)
    }

    fn visit_f64<E>(self, number: f64) -> Result<Fact, E> {
        Ok(Fact::Decimal(number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Fact, E> {
        Ok(Fact::Text(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Fact, E> {
        Ok(Fact::Text(text))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Fact, A::Error> {
        #[derive(Deserialize)]
        struct Marked {
            state: State,
            marker: String,
        }
        let marked = Marked::deserialize(MapAccessDeserializer::new(map))?;
        Ok(Fact::State { state: marked.state, marker: marked.marker })
    }
}

/// Why there is no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Held back, because so few pupils would be recognisable.
    Suppressed,
    /// The measure does not apply to this school.
    NotApplicable,
    /// Nobody collected it (new school, cancelled tests, not entered).
    NotCollected,
}

impl State {
    /// In words, for a table's cell.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Suppressed => "held back: too few pupils",
            Self::NotApplicable => "does not apply",
            Self::NotCollected => "not collected",
        }
    }
}

impl Fact {
    /// The text, where the fact is one.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The number, where the fact is one.
    #[must_use]
    pub fn number(&self) -> Option<f64> {
        match self {
            Self::Whole(n) => Some(*n as f64),
            Self::Decimal(n) => Some(*n),
            _ => None,
        }
    }

    /// The whole number, where the fact is one.
    #[must_use]
    pub fn whole(&self) -> Option<i64> {
        match self {
            Self::Whole(n) => Some(*n),
            _ => None,
        }
    }

    /// The date, where the fact is one.
    #[must_use]
    pub fn date(&self) -> Option<Date> {
        self.text()?.parse().ok()
    }
}

macro_rules! school_fields {
    ($($(#[$doc:meta])* $variant:ident = $key:literal, $label:literal;)*) => {
        /// A fact that a register of schools states.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum SchoolField { $($(#[$doc])* $variant,)* }

        impl SchoolField {
            /// All of them, in the order in which a page shows them.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The short name under which it is stored and exported.
            #[must_use]
            pub fn key(self) -> &'static str {
                match self { $(Self::$variant => $key,)* }
            }

            /// What a page calls it.
            #[must_use]
            pub fn label(self) -> &'static str {
                match self { $(Self::$variant => $label,)* }
            }

            /// The field with this short name.
            #[must_use]
            pub fn from_key(key: &str) -> Option<Self> {
                match key { $($key => Some(Self::$variant),)* _ => None }
            }
        }
    };
}

school_fields! {
    /// The school's name.
    Name = "name", "Name";
    /// ‘open’, ‘closed’, ‘open, but proposed to close’, ‘proposed to open’, in lower case.
    Status = "status", "Status";
    /// Phase of education as published: ‘Primary’, ‘Secondary’, ‘Middle deemed primary’ …; never ‘Not applicable’.
    Phase = "phase", "Phase";
    /// Type of establishment as published: ‘Community school’, ‘Academy converter’ …
    Kind = "type", "Type";
    /// Group of types as published: ‘Academies’, ‘Local authority maintained schools’ …
    KindGroup = "type_group", "Group of types";
    /// Local authority's three-digit code, whole number.
    LaCode = "la_code", "Local authority code";
    /// Local authority's name.
    LaName = "la_name", "Local authority";
    /// Establishment number within the authority, whole number.
    EstabNumber = "estab", "Establishment number";
    /// UK provider reference number, whole number.
    Ukprn = "ukprn", "UKPRN";
    /// Opened, ISO date.
    Opened = "opened", "Opened";
    /// Closed, ISO date.
    Closed = "closed", "Closed";
    /// Why it opened, as published.
    OpenReason = "open_reason", "Why it opened";
    /// Why it closed, as published.
    CloseReason = "close_reason", "Why it closed";
    /// Street.
    Street = "street", "Street";
    /// Locality.
    Locality = "locality", "Locality";
    /// Town.
    Town = "town", "Town";
    /// County.
    County = "county", "County";
    /// Postcode, upper case with one blank.
    Postcode = "postcode", "Postcode";
    /// Website.
    Website = "website", "Website";
    /// Lowest age of pupils, years.
    LowAge = "low_age", "Lowest age";
    /// Highest age of pupils, years.
    HighAge = "high_age", "Highest age";
    /// ‘Mixed’, ‘Boys’, ‘Girls’.
    Gender = "gender", "Gender of pupils";
    /// Religious character as published (never ‘Does not apply’ or ‘None’: those are a state).
    ReligiousCharacter = "religion", "Religious character";
    /// Diocese.
    Diocese = "diocese", "Diocese";
    /// Admissions policy.
    Admissions = "admissions", "Admissions policy";
    /// Nursery classes, as published.
    Nursery = "nursery", "Nursery classes";
    /// Sixth form, as published.
    SixthForm = "sixth_form", "Sixth form";
    /// Boarders, as published.
    Boarders = "boarders", "Boarders";
    /// Special classes, as published.
    SpecialClasses = "special_classes", "Special classes";
    /// Places, whole number.
    Capacity = "capacity", "Places";
    /// Pupils on roll, whole number.
    Pupils = "pupils", "Pupils";
    /// Boys on roll, whole number.
    Boys = "boys", "Boys";
    /// Girls on roll, whole number.
    Girls = "girls", "Girls";
    /// Date of the census behind the pupil numbers, ISO date.
    CensusDate = "census_date", "Date of the census";
    /// Pupils eligible for free school meals, per cent.
    FsmPercent = "fsm_percent", "Pupils eligible for free school meals (%)";
    /// Trust or other legal owner: name.
    TrustName = "trust_name", "Trust";
    /// Trust's group UID as text.
    TrustCode = "trust_code", "Trust’s number";
    /// Sponsor's name.
    Sponsor = "sponsor", "Sponsor";
    /// Federation's name.
    Federation = "federation", "Federation";
    /// Federation's code as text.
    FederationCode = "federation_code", "Federation’s number";
    /// Region (former government office region).
    Region = "region", "Region";
    /// Administrative district.
    District = "district", "District";
    /// Ward.
    Ward = "ward", "Ward";
    /// Parliamentary constituency.
    Constituency = "constituency", "Constituency";
    /// Urban or rural, as published.
    UrbanRural = "urban_rural", "Urban or rural";
    /// Easting, metres on the British National Grid.
    Easting = "easting", "Easting (m)";
    /// Northing, metres on the British National Grid.
    Northing = "northing", "Northing (m)";
    /// Latitude, degrees (WGS84).
    Latitude = "lat", "Latitude";
    /// Longitude, degrees (WGS84).
    Longitude = "lng", "Longitude";
    /// Lower-layer super output area, code.
    Lsoa = "lsoa", "Neighbourhood (LSOA)";
    /// Middle-layer super output area, code or name as published.
    Msoa = "msoa", "Neighbourhood (MSOA)";
    /// Deprivation rank of the LSOA, IMD 2010 (1 is most deprived). Of the place, not of the pupils.
    Imd2010Rank = "imd2010_rank", "Deprivation of the place, rank 2010";
    /// Deprivation decile of the LSOA, IMD 2010 (1 is most deprived).
    Imd2010Decile = "imd2010_decile", "Deprivation of the place, tenth 2010";
    /// Income deprivation decile of the LSOA, 2010.
    Imd2010IncomeDecile = "imd2010_income_decile", "Income deprivation of the place, tenth 2010";
    /// Deprivation rank of the LSOA, IMD 2019 (1 is most deprived).
    Imd2019Rank = "imd2019_rank", "Deprivation of the place, rank 2019";
    /// Deprivation decile of the LSOA, IMD 2019 (1 is most deprived).
    Imd2019Decile = "imd2019_decile", "Deprivation of the place, tenth 2019";
    /// Income deprivation decile of the LSOA, 2019.
    Imd2019IncomeDecile = "imd2019_income_decile", "Income deprivation of the place, tenth 2019";
    /// Pupils with an education, health and care plan or statement, whole number.
    SenPlan = "sen_plan", "Pupils with an EHC plan or statement";
    /// Pupils with special needs without a plan, whole number.
    SenSupport = "sen_support", "Pupils with SEN support";
    /// Former authority's code, whole number.
    FormerLaCode = "former_la_code", "Former local authority code";
    /// Former establishment number, whole number.
    FormerEstabNumber = "former_estab", "Former establishment number";
    /// Which inspectorate visits it, as published.
    Inspectorate = "inspectorate", "Inspectorate";
    /// When the register last changed the entry, ISO date.
    LastChanged = "last_changed", "Register’s entry last changed";
    /// In the government's targeted support (RISE): ‘yes’.
    TargetedSupport = "targeted_support", "In targeted support (RISE)";
}
