//! The three files that are loaded, made from the open data in data/open.
//!
//! Inspections and links are the published files as they are (in UTF-8). The register in
//! full (139 columns) is not among the open data, so its rows are made: what a
//! public copy of the register says of a real establishment stands in its
//! official column, and the other columns hold values of the kind and length
//! that the register has there. People, telephone numbers and addresses on the
//! web are invented.

use crate::{Outcome, Plan, numbers::Dice};
use std::{collections::HashMap, fs::File, io::BufWriter, path::Path, path::PathBuf};

/// Establishments in the register's file.
pub const SCHOOLS: usize = 50_000;

/// The header of ‘all establishment data’ as downloaded in 2021.
const HEADER: &str = include_str!("../gias-all-data-header.csv");

/// What all programs load.
pub struct Files {
    /// The register, 139 columns.
    pub schools: PathBuf,
    /// Graded inspections, with repetitions.
    pub inspections: PathBuf,
    /// Links between establishments.
    pub links: PathBuf,
}

impl Files {
    /// The three in the order in which they are loaded.
    pub fn all(&self) -> [&Path; 3] {
        [&self.schools, &self.inspections, &self.links]
    }
}

/// Rows of a public copy, by column.
struct Copy {
    columns: HashMap<String, usize>,
    rows: Vec<csv::StringRecord>,
    by_urn: HashMap<String, usize>,
}

impl Copy {
    fn read(plan: &Plan, name: &str) -> Outcome<Self> {
        let text = open(plan, name)?;
        let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        let header = reader.headers().map_err(wrong(name))?.clone();
        let columns: HashMap<String, usize> =
            header.iter().enumerate().map(|(at, column)| (column.to_lowercase(), at)).collect();
        let urn = *columns.get("urn").ok_or_else(|| format!("{name} has no URN"))?;
        let rows: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>().map_err(wrong(name))?;
        let by_urn = rows.iter().enumerate().map(|(at, row)| (row[urn].to_owned(), at)).collect();
        Ok(Self { columns, rows, by_urn })
    }

    fn cell<'a>(&'a self, row: &'a csv::StringRecord, column: &str) -> &'a str {
        self.columns.get(column).and_then(|at| row.get(*at)).unwrap_or_default()
    }

    fn of(&self, urn: &str, column: &str) -> &str {
        self.by_urn.get(urn).map_or("", |at| self.cell(&self.rows[*at], column))
    }
}

/// Makes the files in bench/out/data.
pub fn make(plan: &Plan) -> Outcome<Files> {
    let folder = plan.out().join("data");
    std::fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
    let files = Files {
        schools: folder.join("edubasealldata20231116.csv"),
        inspections: folder.join("graded_inspections_2026-05-31.csv"),
        links: folder.join("links_edubasealldata20250422.csv"),
    };
    let copy = |name: &str, to: &Path| std::fs::write(to, open(plan, name)?).map_err(|error| error.to_string());
    copy("graded-inspections-2005-2026.csv", &files.inspections)?;
    copy("links_edubasealldata20250422.csv", &files.links)?;
    register(plan, &files.schools)?;
    Ok(files)
}

/// The names of the first schools, for asking.
pub fn names(plan: &Plan) -> Outcome<Vec<crate::queries::Known>> {
    let copy = Copy::read(plan, "gias_2023-11-16.csv")?;
    let known = |row: &csv::StringRecord| crate::queries::Known {
        urn: copy.cell(row, "urn").to_owned(),
        name: copy.cell(row, "name").to_owned(),
        town: copy.cell(row, "town").to_owned(),
        postcode: copy.cell(row, "postcode").to_owned(),
    };
    Ok(copy.rows.iter().map(known).collect())
}

/// A file of the open data as UTF-8: two are in Windows-1252, which not every
/// program reads as fast, and that is not what is measured.
fn open(plan: &Plan, name: &str) -> Outcome<String> {
    let path = plan.root().join("data/open").join(format!("{name}.zst"));
    let file = File::open(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let bytes = zstd::decode_all(file).map_err(|error| format!("{}: {error}", path.display()))?;
    let character = |byte: &u8| match byte {
        0x92 => '’',
        0x96 => '–',
        byte => char::from(*byte),
    };
    Ok(String::from_utf8(bytes).unwrap_or_else(|error| error.as_bytes().iter().map(character).collect()))
}

fn register(plan: &Plan, to: &Path) -> Outcome<()> {
    let copy = Copy::read(plan, "gias_2023-11-16.csv")?;
    let more = Copy::read(plan, "gias_2022-07_characteristics.csv")?;
    let older = Copy::read(plan, "school-details-2020.csv")?;
    let genders = Copy::read(plan, "gias_min_20240617.csv")?;
    let header: Vec<&str> = HEADER.trim().split(',').map(|name| name.trim_matches('"')).collect();
    let file = File::create(to).map_err(|error| error.to_string())?;
    // As downloaded: every cell in quotation marks.
    let mut writer = csv::WriterBuilder::new().quote_style(csv::QuoteStyle::Always).from_writer(BufWriter::new(file));
    writer.write_record(&header).map_err(wrong("writing"))?;
    for row in copy.rows.iter().take(SCHOOLS) {
        let school = School { copy: &copy, more: &more, older: &older, genders: &genders, row };
        let mut dice = Dice::of(school.copy("urn").parse().unwrap_or(0));
        let cells = header.iter().map(|column| school.cell(column, &mut dice));
        writer.write_record(cells).map_err(wrong("writing"))?;
    }
    writer.flush().map_err(|error| error.to_string())
}

/// One establishment in all public copies.
struct School<'a> {
    copy: &'a Copy,
    more: &'a Copy,
    older: &'a Copy,
    genders: &'a Copy,
    row: &'a csv::StringRecord,
}

impl School<'_> {
    fn copy(&self, column: &str) -> &str {
        self.copy.cell(self.row, column)
    }

    fn more(&self, column: &str) -> &str {
        self.more.of(self.copy("urn"), column)
    }

    fn older(&self, column: &str) -> &str {
        self.older.of(self.copy("urn"), column)
    }

    /// What stands in a column of the register's file.
    fn cell(&self, column: &str, dice: &mut Dice) -> String {
        let open = self.copy("establishment_status_name") != "Closed";
        match column {
            "URN" => self.copy("urn").to_owned(),
            "LA (code)" => self.copy("la_code").to_owned(),
            "LA (name)" | "DistrictAdministrative (name)" => self.copy("la_name").to_owned(),
            "EstablishmentNumber" => self.copy("establishment_number").to_owned(),
            "EstablishmentName" => self.copy("name").to_owned(),
            "TypeOfEstablishment (code)" => self.copy("establishment_type_code").to_owned(),
            "TypeOfEstablishment (name)" => self.copy("establishment_type_name").to_owned(),
            "EstablishmentTypeGroup (name)" => or(self.more("establishment_type_group"), "Other types"),
            "EstablishmentStatus (code)" => self.copy("establishment_status_code").to_owned(),
            "EstablishmentStatus (name)" => self.copy("establishment_status_name").to_owned(),
            "PhaseOfEducation (code)" => self.copy("phase_type").to_owned(),
            "PhaseOfEducation (name)" => self.copy("phase_name").to_owned(),
            "OpenDate" => day(or(self.more("open_date"), &dashed(self.older("date opened"))).as_str()),
            "CloseDate" => day(self.copy("close_date")),
            "StatutoryLowAge" => or(self.more("statutory_low_age"), self.older("age from")),
            "StatutoryHighAge" => or(self.more("statutory_high_age"), self.older("age to")),
            "Gender (name)" => self.genders.of(self.copy("urn"), "gender").to_owned(),
            "ReligiousCharacter (name)" => or(self.more("religious_character"), "Does not apply"),
            "SchoolCapacity" => self.more("school_capacity").to_owned(),
            "NumberOfPupils" => self.copy("number_of_pupils").to_owned(),
            "PercentageFSM" => self.more("percentage_fsm").to_owned(),
            "UKPRN" => self.copy("ukprn").to_owned(),
            "LastChangedDate" => day(self.copy("last_changed_date")),
            "Street" => self.older("street").to_owned(),
            "Town" => self.copy("town").to_owned(),
            "Postcode" => self.copy("postcode").to_owned(),
            "GOR (name)" => or(self.more("gor"), "Not Applicable"),
            "UrbanRural (name)" => or(self.more("urban_rural_indicator"), "(England/Wales) Urban city and town"),
            "Easting" => self.copy("easting").to_owned(),
            "Northing" => self.copy("northing").to_owned(),
            "LSOA (code)" => self.more("lsoa_code").to_owned(),
            "RSCRegion (name)" => self.copy("region").to_owned(),
            _ => invented(column, open, self.copy("urn"), dice),
        }
    }
}

/// A value such as the register has in a column that no public copy has.
fn invented(column: &str, open: bool, urn: &str, dice: &mut Dice) -> String {
    let of = |dice: &mut Dice, words: &[&str]| dice.of_list(words).to_owned();
    match column {
        "TelephoneNum" if open => format!("01632960{:03}", dice.below(1000)),
        "SchoolWebsite" if open => format!("http://www.school-{urn}.example.org/"),
        "HeadTitle (name)" if open => of(dice, &["Mrs", "Mr", "Miss", "Ms", "Dr"]),
        "HeadFirstName" if open => of(dice, &["Alex", "Sam", "Robin", "Charlie", "Jo", "Kim"]),
        "HeadLastName" if open => of(dice, &["Invented-Ash", "Invented-Birch", "Invented-Cedar", "Invented-Elm"]),
        "HeadPreferredJobTitle" if open => of(dice, &["Headteacher", "Principal", "Executive Headteacher"]),
        "CensusDate" if open => "19-01-2023".to_owned(),
        "NumberOfBoys" | "NumberOfGirls" | "SENStat" | "SENNoStat" if open => (20 + dice.below(200)).to_string(),
        "UPRN" => format!("{}", 10_000_000_000 + dice.below(9_000_000_000)),
        "AdministrativeWard (name)" | "CensusAreaStatisticWard (name)" => {
            format!("Ward of number {}", dice.below(8000))
        }
        "ParliamentaryConstituency (name)" => format!("Constituency number {}", dice.below(533)),
        "MSOA (name)" | "LSOA (name)" => format!("Authority {:03}{}", dice.below(400), of(dice, &["A", "B", "C", "D"])),
        "MSOA (code)" => format!("E0200{:04}", dice.below(7000)),
        "AdministrativeWard (code)" => format!("E0500{:04}", dice.below(9000)),
        "ParliamentaryConstituency (code)" => format!("E14000{:03}", dice.below(533)),
        "DistrictAdministrative (code)" => format!("E07000{:03}", dice.below(300)),
        "GSSLACode (name)" => format!("E10000{:03}", dice.below(100)),
        "Country (name)" => "United Kingdom".to_owned(),
        "County (name)" => of(dice, &["Kent", "Essex", "Lancashire", "Hampshire", "Devon", ""]),
        "Locality" | "Address3" => format!("Locality {}", dice.below(5000)),
        "AdmissionsPolicy (name)" => of(dice, &["Not applicable", "Non-selective", "Selective"]),
        "Boarders (name)" => of(dice, &["No boarders", "Not applicable", "Boarding school"]),
        "NurseryProvision (name)" => of(dice, &["Has Nursery Classes", "No Nursery Classes", "Not applicable"]),
        "OfficialSixthForm (name)" => of(dice, &["Does not have a sixth form", "Has a sixth form", "Not applicable"]),
        "SpecialClasses (name)" => of(dice, &["No Special Classes", "Has Special Classes", "Not applicable"]),
        "TrustSchoolFlag (name)" => {
            of(dice, &["Not applicable", "Supported by a multi-academy trust", "Not supported by a trust"])
        }
        "FederationFlag (name)" => of(dice, &["Not under a federation", "Not applicable", "Supported by a federation"]),
        "Diocese (name)" => of(dice, &["Not applicable", "Diocese of Canterbury", "Archdiocese of Southwark"]),
        "ReasonEstablishmentOpened (name)" => of(dice, &["Not applicable", "New Provision", "Academy Converter"]),
        "ReasonEstablishmentClosed (name)" => of(dice, &["Not applicable", "Closure", "For Academy"]),
        "TypeOfResourcedProvision (name)" => of(dice, &["Not applicable", "Resourced provision", "SEN unit"]),
        "OfstedSpecialMeasures (name)" => "Not in special measures".to_owned(),
        "InspectorateName (name)" | "QABName (name)" => "Not applicable".to_owned(),
        "FurtherEducationType (name)" | "BoardingEstablishment (name)" => "Not applicable".to_owned(),
        "Section41Approved (name)" => "Not applicable".to_owned(),
        "EstablishmentAccredited (name)" | "ReligiousEthos (name)" => "Does not apply".to_owned(),
        "CCF (name)" | "EBD (name)" | "SENPRU (name)" | "TeenMoth (name)" | "FTProv (name)" => {
            "Not applicable".to_owned()
        }
        "EdByOther (name)" => "Not applicable".to_owned(),
        code if code.ends_with("(code)") => dice.below(100).to_string(),
        sen if sen.starts_with("SEN") && sen.ends_with("(name)") => {
            of(dice, &["", "", "Not Applicable", "SPLD - Specific Learning Difficulty"])
        }
        _ => String::new(),
    }
}

fn or(first: &str, second: &str) -> String {
    if first.is_empty() { second.to_owned() } else { first.to_owned() }
}

/// 20130418 as 2013-04-18.
fn dashed(day: &str) -> String {
    if day.len() == 8 { format!("{}-{}-{}", &day[..4], &day[4..6], &day[6..]) } else { String::new() }
}

/// 2023-11-14 as 14-11-2023, as the register writes it.
fn day(iso: &str) -> String {
    match iso.split('-').collect::<Vec<_>>().as_slice() {
        [year, month, day] if year.len() == 4 => format!("{day}-{month}-{year}"),
        _ => iso.to_owned(),
    }
}

fn wrong(what: &str) -> impl Fn(csv::Error) -> String + '_ {
    move |error| format!("{what}: {error}")
}
