use super::*;

#[test]
fn dates_are_written_in_many_ways() {
    for text in [
        "03/09/2019",
        "3/9/2019",
        "03-09-2019",
        "2019-09-03",
        "20190903",
        "3 September 2019",
        "03-Sep-2019",
        "3 Sept 2019",
        "2019-09-03T00:00:00",
        "2019-09-03 12:30:00",
        "03/09/2019 00:00",
        "03.09.2019",
    ] {
        assert_eq!(date(text), Some(jiff::civil::date(2019, 9, 3)), "{text}");
    }
    for text in [
        "",
        "31/02/2020",
        "00/00/0000",
        "2019",
        "September 2019",
        "03/09/19",
        "43344",
        "01/13/2019",
        "99999999",
        "1/2/3/2019",
        "é/9/2019",
        "2019-09-é",
    ] {
        assert_eq!(date(text), None, "{text}");
    }
}

#[test]
fn numbers_may_have_thousands_commas_and_percent_signs() {
    for (text, number) in [
        ("13.7", 13.7),
        ("-0.3", -0.3),
        ("93%", 93.0),
        ("93 %", 93.0),
        ("1,234.5", 1234.5),
        ("0", 0.0),
        (".5", 0.5),
        ("5.", 5.0),
        ("\u{2212}4", -4.0),
    ] {
        assert_eq!(decimal(text), Some(number), "{text}");
    }
    for text in ["", "%", "-", ".", "inf", "NaN", "1e3", "1,2", "12,34", "4B", "1.2.3"] {
        assert_eq!(decimal(text), None, "{text}");
    }
    for (text, number) in [("285", 285), ("1,234,567", 1_234_567), ("285.0", 285), ("-4", -4)] {
        assert_eq!(whole(text), Some(number), "{text}");
    }
    for text in ["", "1,23", "285.5", "12345678901234567890", ",123", "1,2345"] {
        assert_eq!(whole(text), None, "{text}");
    }
}

#[test]
fn markers_are_states() {
    use State::{NotApplicable, NotCollected, Suppressed};
    for (marker, expected) in [
        ("SUPP", Suppressed),
        ("SP", Suppressed),
        ("c", Suppressed),
        ("[c]", Suppressed),
        ("NA", NotApplicable),
        ("z", NotApplicable),
        ("NP", NotApplicable),
        ("x", NotCollected),
        ("NE", NotCollected),
        ("NEW", NotCollected),
        ("LOWCOV", NotCollected),
        ("NULL", NotCollected),
        ("-", NotCollected),
    ] {
        assert_eq!(state(marker), Some(expected), "{marker}");
    }
    assert_eq!(state("4A"), None);
    assert_eq!(filler("not applicable"), Some(NotApplicable));
    assert_eq!(filler("Not recorded"), Some(NotCollected));
    assert_eq!(filler("None"), None);
}

#[test]
fn postcodes_and_names_are_put_in_order() {
    assert_eq!(postcode("Gl20 5JG"), "GL20 5JG");
    assert_eq!(postcode("ol67hw"), "OL6 7HW");
    assert_eq!(postcode("EC3A  5DE"), "EC3A 5DE");
    assert_eq!(postcode("2036"), "2036");
    assert_eq!(postcode("é"), "é");
    assert_eq!(tidy("Springdale Primary  School"), "Springdale Primary School");
    assert_eq!(tidy("St Mary’s"), "St Mary’s");
}

#[test]
fn academic_years_are_named_by_their_end() {
    for text in ["2016", "201516", "2015/16", "2015-2016"] {
        assert_eq!(academic_year(text).unwrap().to_string(), "2015/16", "{text}");
    }
    for text in ["", "16", "201517", "2015/17", "0000", "é"] {
        assert_eq!(academic_year(text), None, "{text}");
    }
}
