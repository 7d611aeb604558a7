use super::registry::FILES;
use super::*;
use jiff::civil::date;

#[test]
fn all_eight_files_are_valid_and_leave_no_day_out() {
    let parsed: Vec<Framework> = FILES
        .iter()
        .map(|text| Frameworks::parse(text).unwrap())
        .collect();
    assert_eq!(parsed.len(), 8);
    assert_eq!(Frameworks::built_in().list().len(), 8);
    for pair in parsed.windows(2) {
        assert_eq!(pair[0].to.unwrap().tomorrow().unwrap(), pair[1].from);
    }
    assert_eq!(parsed[0].from, date(2005, 9, 1));
    assert_eq!(parsed[7].to, None);
    assert!(Frameworks { list: parsed }.with(Vec::new()).is_ok());
}

#[test]
fn the_third_grade_changes_its_word_in_september_2012() {
    let word = |y, m, d| Framework::in_force(date(y, m, d)).unwrap().label(3);
    assert_eq!(word(2012, 8, 31), Some("Satisfactory"));
    assert_eq!(word(2012, 9, 1), Some("Requires improvement"));
    assert_eq!(word(2026, 1, 13), Some("Expected standard"));
}

#[test]
fn a_framework_is_found_by_its_short_name_and_by_a_day() {
    let id = FrameworkId::from_key("S5_2012b").unwrap();
    assert_eq!(id.key(), "S5_2012b");
    assert_eq!(FrameworkId::in_force(date(2013, 5, 1)), Some(id));
    assert_eq!(FrameworkId::in_force(date(2005, 8, 31)), None);
    assert!(Framework::by_id("S5_2012c").is_none());
    let json = serde_json::to_string(&id).unwrap();
    assert_eq!(json, "\"S5_2012b\"");
    assert_eq!(serde_json::from_str::<FrameworkId>(&json).unwrap(), id);
    assert!(serde_json::from_str::<FrameworkId>("\"XYZ\"").is_err());
}

#[test]
fn columns_of_many_files_lead_to_the_area() {
    let key = |framework: &str, column: &str| {
        Framework::by_id(framework)
            .unwrap()
            .area_by_column(column)
            .map(|area| area.key.clone())
    };
    let is = |framework, column, area: &str| {
        assert_eq!(key(framework, column).as_deref(), Some(area), "{column}");
    };
    is("S5_2012b", "How well do pupils achieve?", "achievement");
    is("CIF_2015", "Previous outcomes for pupils", "outcomes");
    is("CIF_2015", "16 - 19 study programmes", "sixth_form");
    is(
        "EIF_2024_no_OE",
        "Latest OEIF early years provision (where applicable)",
        "early_years",
    );
    is("EIF_2019", "sub_personal", "personal_development");
    is(
        "EIF_2025_report_card",
        "Early years - date of grade",
        "early_years",
    );
    is(
        "EIF_2025_report_card",
        "behaviour",
        "attendance_and_behaviour",
    );
    assert_eq!(key("EIF_2025_report_card", "Quality of education"), None);
}

#[test]
fn words_of_a_draft_scale_have_no_code() {
    let cards = Framework::by_id("EIF_2025_report_card").unwrap();
    for draft in ["secure", "developing", "attention needed", "good", "3"] {
        assert_eq!(cards.code(draft), None, "{draft}");
    }
    assert_eq!(cards.code("Strong standard"), Some(4));
    assert_eq!(cards.code("needs-attention"), Some(2));
    assert_eq!((cards.rank(5), cards.rank(1)), (Some(1), Some(5)));
}

const NEW: &str = r#"{"id": "NEW_2028", "name": "New", "called": "the September 2028 framework",
    "from": "2028-09-01", "scale": [{"code": 1, "label": "Yes"}, {"code": 2, "label": "No"}],
    "areas": [{"key": "all", "label": "All"}]}"#;

#[test]
fn a_new_file_ends_the_framework_before_it() {
    let extra = Frameworks::parse(NEW).unwrap();
    let more = Frameworks::built_in().with(vec![extra.clone()]).unwrap();
    assert_eq!(more.list().len(), 9);
    assert_eq!(more.list()[7].to, Some(date(2028, 8, 31)));
    let twice = more.with(vec![extra]).unwrap_err();
    assert!(twice.to_string().contains("from"), "{twice}");
}

#[test]
fn a_wrong_file_is_told_which_field_and_what_was_expected() {
    let wrong = |from: &str, to: &str| {
        Frameworks::parse(&NEW.replace(from, to))
            .unwrap_err()
            .to_string()
    };
    assert_eq!(
        wrong("\"code\": 2", "\"code\": 9"),
        "framework file, ‘scale[1].code’: expected a whole number from 1 to 7; there is 9"
    );
    assert!(wrong("2028-09-01", "1 September").contains("‘from’: expected a date such as"));
    assert!(wrong("\"name\": \"New\",", "").contains("‘name’: expected a text; it is missing"));
    assert!(wrong("\"key\"", "\"kee\"").contains("‘areas[0].kee’: expected no such field"));
    assert!(wrong("\"code\": 2", "\"code\": 1").contains("‘1’ is repeated"));
    assert!(wrong("{\"id\"", "[\"id\"").contains("JSON"));
    let inside = Frameworks::parse(&NEW.replace("2028-09-01", "2020-09-01")).unwrap();
    assert!(Frameworks::built_in().with(vec![inside]).is_err());
}
