//! What the program prints for others to read, and nothing beside it.

use serde_json::Value;
use std::{collections::BTreeSet, process::Command};

fn printed(arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_aspire"));
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("ASPIRE_")) {
        command.env_remove(name);
    }
    let output = command.args(arguments).output().expect("it starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text")
}

#[test]
fn the_sign_ins_of_the_demo_are_json_and_nothing_else() {
    let all: Vec<Value> = serde_json::from_str(&printed(&["demo", "--sign-ins"])).expect("an array");
    let texts = |name: &str| all.iter().filter_map(|one| one[name].as_str()).collect::<BTreeSet<&str>>();
    assert_eq!(texts("role").len(), 12, "everybody: {:?}", texts("role"));
    let heads = all.iter().filter(|one| one["role"] == "head");
    assert!(heads.filter_map(|one| one["school"].as_str()).collect::<BTreeSet<&str>>().len() >= 2);
    assert!(texts("school").iter().all(|school| school.starts_with("Invented: ")));
}

#[test]
fn access_is_printed_as_json_and_as_a_table() {
    let all: Vec<Value> = serde_json::from_str(&printed(&["access", "--json"])).expect("an array");
    let leave = all.iter().find(|one| one["path"] == "/organisations/{id}/leave" && one["method"] == "POST");
    let leave = leave.expect("the route");
    assert_eq!((&leave["public"], &leave["roles"]["head"]), (&Value::Bool(false), &"own".into()));
    assert_eq!(leave["roles"]["programme_lead"], "none");
    let table = printed(&["access"]);
    assert!(table.contains("| POST | `/organisations/{id}/leave` | participation.leave |  | headteacher |"), "{table}");
}
