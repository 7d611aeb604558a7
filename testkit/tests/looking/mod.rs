//! A school whose people look at it together, for stories told as them.

use axum::http::StatusCode;
use programme::who::Role;
use testkit::{Answer, House, Person};

/// The strand that is looked at in most stories, and its statements.
pub(crate) const STRAND: &str = "pedagogy_and_curriculum";
pub(crate) const STATEMENTS: [&str; 6] = ["p1", "p2", "p3", "p4", "p5", "p6"];

/// A school, its programme and its people.
pub(crate) struct School {
    pub(crate) id: i64,
    pub(crate) programme: i64,
    pub(crate) head: Person,
    pub(crate) deputy: Person,
    pub(crate) lead: Person,
    pub(crate) teacher: Person,
    pub(crate) governor: Person,
    pub(crate) adviser: Person,
}

impl School {
    /// Invented: Ashdale Primary.
    pub(crate) async fn new(house: &House) -> Self {
        let id = house.school("Invented: Ashdale Primary", None).await;
        let programme = house.programme("Invented: Northbridge").await;
        house.takes_part(id, programme).await;
        let adviser = house.person("Priya Shah", Role::Adviser, programme).await;
        house.accompanies(&adviser, id, programme).await;
        Self {
            id,
            programme,
            head: house.person("Asha Patel", Role::Head, id).await,
            deputy: house.person("Ben Okoro", Role::Deputy, id).await,
            lead: house.person("Zoe Marsh", Role::StrandLead, id).await,
            teacher: house.person("Tom Reed", Role::Teacher, id).await,
            governor: house.person("Gwen Lloyd", Role::Governor, id).await,
            adviser,
        }
    }

    pub(crate) fn path(&self, below: &str) -> String {
        format!("/organisations/{}/diagnoses{below}", self.id)
    }

    /// The head opens a diagnosis of one strand with these people; its id.
    pub(crate) async fn opens(&self, house: &House, names: &str, people: &[&Person]) -> i64 {
        let answer = self.asks(house, names, people).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        let to = answer.header("location").to_owned();
        let (_, after) = to.split_once("/diagnoses/").expect("where it is");
        after.split('?').next().and_then(|id| id.parse().ok()).expect("its id")
    }

    /// The form with which the head opens one.
    pub(crate) async fn asks(&self, house: &House, names: &str, people: &[&Person]) -> Answer {
        let people: Vec<String> = people.iter().map(|person| person.id.to_string()).collect();
        let mut form = vec![
            ("framework", "five-strands"),
            ("strands-five-strands", STRAND),
            ("due-day", "11"),
            ("due-month", "12"),
            ("due-year", "2026"),
            ("names", names),
        ];
        form.extend(people.iter().map(|id| ("people", id.as_str())));
        house.send(&self.path("/new"), &self.head, &form).await
    }

    /// Somebody answers every statement alike, with a sentence on the first.
    pub(crate) async fn gives(&self, house: &House, id: i64, who: &Person, answer: &str, because: &str) -> Answer {
        let answers: Vec<(&str, &str)> = STATEMENTS.iter().map(|one| (*one, answer)).collect();
        self.says(house, id, who, &answers, because).await
    }

    /// Somebody answers these statements, with a sentence on the first.
    pub(crate) async fn says(
        &self,
        house: &House,
        id: i64,
        who: &Person,
        answers: &[(&str, &str)],
        because: &str,
    ) -> Answer {
        let mut form = vec![("do", "next"), ("p1-because", because)];
        form.extend_from_slice(answers);
        house.send(&self.path(&format!("/{id}/mine/{STRAND}")), who, &form).await
    }

    /// A step on the diagnosis's page by the head.
    pub(crate) async fn step(&self, house: &House, id: i64, form: &[(&str, &str)]) -> Answer {
        house.send(&self.path(&format!("/{id}/state")), &self.head, form).await
    }

    /// The head writes down what the group says of a statement.
    pub(crate) async fn settles(&self, house: &House, id: i64, statement: &str, form: &[(&str, &str)]) -> Answer {
        house.send(&self.path(&format!("/{id}/statements/{statement}")), &self.head, form).await
    }

    /// The head notes a strength.
    pub(crate) async fn notes(&self, house: &House, id: i64, words: &str, put_to_use: &str) -> Answer {
        let form = [("statement", "p4"), ("words", words), ("put_to_use", put_to_use)];
        house.send(&self.path(&format!("/{id}/strengths")), &self.head, &form).await
    }

    /// The head releases all diagnoses to somebody: `adviser-12`.
    pub(crate) async fn releases(&self, house: &House, to: &str) -> Answer {
        let form = [("kind", "diagnosis"), ("to", to)];
        house.send(&format!("/organisations/{}/releases", self.id), &self.head, &form).await
    }

    /// Everything up to an agreed diagnosis of three people; its id.
    pub(crate) async fn agreed(&self, house: &House, names: &str) -> i64 {
        let id = self.opens(house, names, &[&self.head, &self.lead, &self.teacher]).await;
        self.gives(house, id, &self.head, "3", "").await;
        self.gives(house, id, &self.lead, "3", "We plan in pairs").await;
        self.gives(house, id, &self.teacher, "1", "Not in my corridor").await;
        let form = [
            ("judgement", "2"),
            ("agreed", "1"),
            ("agreed", "3"),
            ("revision", "0"),
            ("dissent", "Not in my corridor"),
        ];
        assert_eq!(self.settles(house, id, "p1", &form).await.status, StatusCode::SEE_OTHER);
        self.notes(house, id, "Everybody hears children read", "Show it at the next Network Day").await;
        let done = self.step(house, id, &[("do", "agree")]).await;
        assert!(done.header("location").ends_with("done=agreed"), "{}", done.body);
        id
    }
}
