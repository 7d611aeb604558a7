//! Diagnoses with something of everything, for tests that take them along.

mod plan;

pub(crate) use plan::{concerned, planned, reviewed};

use programme::{
    diagnosis::{self, Answer, Given, Judgement, Names, NewDiagnosis, NewEvidence, NewFinding, NewStrength, Weight},
    release::{self, NewRelease, To},
    who::Role,
};
use testkit::{House, Person};

pub(crate) const STRAND: &str = "pedagogy_and_curriculum";

pub(crate) async fn open(house: &House, school: i64, people: &[&Person], names: Names) -> i64 {
    let new = NewDiagnosis {
        framework: "five-strands".to_owned(),
        strands: vec![STRAND.to_owned()],
        people: people.iter().map(|person| person.id).collect(),
        due: Some(house.world.clock.today()),
        names: Some(names),
    };
    diagnosis::open(&house.world, &house.caller(people[0]).await, school, new).await.unwrap()
}

pub(crate) async fn gives(house: &House, school: i64, id: i64, person: &Person, because: &str) {
    let answers = ["p1", "p2", "p3", "p4", "p5", "p6"].map(|one| {
        let value = i64::try_from(person.name.len()).unwrap() % 4 + 1;
        (
            one.to_owned(),
            Some(Answer::Point(value)).filter(|_| one != "p2").or(Some(Answer::Unsure)),
            because.to_owned(),
        )
    });
    let given = Given { strand: STRAND.to_owned(), answers: answers.to_vec() };
    diagnosis::give(&house.world, &house.caller(person).await, school, id, given).await.unwrap();
}

/// A diagnosis with something of everything; released to the adviser where there is one.
pub(crate) async fn looked_together(
    house: &House,
    school: i64,
    people: &[&Person],
    names: Names,
    adviser: Option<(i64, &Person)>,
) -> i64 {
    let (world, head) = (&house.world, house.caller(people[0]).await);
    let id = open(house, school, people, names).await;
    for (person, because) in people.iter().zip(["We plan in pairs", "", "As I hear it"]) {
        gives(house, school, id, person, because).await;
    }
    let evidence = NewEvidence {
        words: "Two of three rooms".to_owned(),
        source: "A walk".to_owned(),
        on: Some(world.clock.today()),
        weight: Some(Weight::Seen),
        statements: vec!["p1".to_owned(), "p2".to_owned()],
    };
    diagnosis::add_evidence(world, &head, school, id, evidence).await.unwrap();
    for (statement, judgement) in [("p1", Judgement::Point(2)), ("p2", Judgement::NotAgreed)] {
        let dissent = "Not in my room\nnor next door".to_owned();
        let (statement, judgement) = (statement.to_owned(), Some(judgement));
        let new = NewFinding { statement, judgement, agreed: vec![1, 3], dissent, base: 0 };
        diagnosis::settle(world, &head, school, id, new).await.unwrap();
    }
    let (words, put_to_use) = ("We read".to_owned(), "We go on reading".to_owned());
    let strength = NewStrength { statement: "p4".to_owned(), words, put_to_use };
    diagnosis::add_strength(world, &head, school, id, strength).await.unwrap();
    if let Some((programme, adviser)) = adviser {
        let other = house.school("Invented: Oakmere Primary", None).await;
        house.takes_part(other, programme).await;
        diagnosis::add_beside(world, &head, school, id, Some(other)).await.unwrap();
        diagnosis::agree(world, &head, school, id).await.unwrap();
        diagnosis::sign(world, &head, school, id).await.unwrap();
        let to = To { role: Role::Adviser, organisation: programme, person: Some(adviser.id) };
        let kind = programme::item::ItemKind::Diagnosis;
        let new = NewRelease { organisation: school, kind, item: Some(id), to, until: None };
        release::grant(world, &head, new).await.unwrap();
        let adviser = house.caller(adviser).await;
        diagnosis::read(world, &adviser, school, id).await.unwrap();
        let says = diagnosis::Otherwise { statement: "p1", point: "3", words: "I saw it once" };
        diagnosis::differ(world, &adviser, school, id, says).await.unwrap();
        diagnosis::sign(world, &adviser, school, id).await.unwrap();
    }
    id
}
