//! Which schools do you invite, and who are their heads?

use super::{
    programme_invite_view::{self, Asked, Typed},
    school_record::number,
};
use crate::{App, error::PageError, visitor::Visitor};
use axum::{
    Form,
    extract::{Path, Query, State},
    response::{IntoResponse as _, Redirect, Response},
};
use programme::{
    cohort,
    invitation::{self, InvitedAll, SchoolToInvite, Which},
};
use ui::Errors;

/// `GET /programmes/{slug}/invite?cohort=&authority=&on=&urn=&urn=`
pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(slug): Path<String>,
    Query(asked): Query<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let asked = Asked::of(&asked);
    programme_invite_view::page(&app, &visitor, &slug, &asked, &Errors::none()).await
}

/// `POST /programmes/{slug}/invite`
pub(crate) async fn invite(
    State(app): State<App>,
    visitor: Visitor,
    Path(slug): Path<String>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let csrf = fields.iter().find(|(name, _)| name == "csrf").map_or("", |(_, value)| value);
    visitor.check_form(csrf)?;
    let programme = cohort::programme(&app.world, &visitor.who, &slug).await?;
    let mut asked = Asked::of(&fields);
    asked.typed = typed(&fields);
    let Some(cohort) = asked.cohort.as_deref().map(number).transpose()? else {
        let mut errors = Errors::none();
        errors.add("cohort", "Choose the cohort that they would join");
        return programme_invite_view::page(&app, &visitor, &slug, &asked, &errors).await;
    };
    let schools: Vec<SchoolToInvite> = asked.typed.iter().map(Typed::school).collect();
    match invitation::invite_schools(&app.world, &visitor.who, programme.id, cohort, schools).await? {
        InvitedAll::Done(_) => {
            Ok(Redirect::to(&format!("/programmes/{}?done=invited", programme.slug)).into_response())
        }
        InvitedAll::Wrong(wrong) => {
            let mut errors = Errors::none();
            for (at, field) in wrong {
                let school = &asked.typed[at.min(asked.typed.len().saturating_sub(1))];
                errors.add(school.id(field.field), field.message);
            }
            programme_invite_view::page(&app, &visitor, &slug, &asked, &errors).await
        }
    }
}

/// The schools of the form: those that were ticked (`name-118291`,
/// `email-118291`), or the one that was typed by hand.
fn typed(fields: &[(String, String)]) -> Vec<Typed> {
    let value = |name: &str| {
        fields.iter().find(|(one, _)| one == name).map_or_else(String::new, |(_, value)| value.trim().to_owned())
    };
    let ticked: Vec<Typed> = fields
        .iter()
        .filter(|(name, _)| name == "ticked")
        .map(|(_, urn)| Typed {
            which: Which::Urn(urn.clone()),
            ticked: true,
            name: value(&format!("name-{urn}")),
            email: value(&format!("email-{urn}")),
        })
        .collect();
    if !ticked.is_empty() {
        return ticked;
    }
    let (school, urn) = (value("school"), value("urn"));
    // Whoever types a number means that school, whatever name stands beside it.
    let which = if urn.is_empty() { Which::Name(school) } else { Which::Urn(urn) };
    vec![Typed { which, ticked: false, name: value("name"), email: value("email") }]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(all: &[(&str, &str)]) -> Vec<(String, String)> {
        all.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn ticked_schools_come_each_with_its_head() {
        let form = fields(&[
            ("ticked", "118291"),
            ("name-118291", " Asha Patel "),
            ("email-118291", "a@example.org"),
            ("ticked", "118292"),
            ("name-118292", ""),
        ]);
        let all = typed(&form);
        assert_eq!(all.len(), 2);
        assert_eq!((all[0].name.as_str(), all[0].id("email").as_str()), ("Asha Patel", "email-118291"));
        assert_eq!(all[1].id("name"), "name-118292");
    }

    #[test]
    fn a_number_goes_before_a_name() {
        let by_hand = typed(&fields(&[("school", "Ashdale"), ("urn", ""), ("name", "A"), ("email", "b")]));
        assert_eq!(by_hand[0].which, Which::Name("Ashdale".to_owned()));
        let both = typed(&fields(&[("school", "Ashdale"), ("urn", "118291")]));
        assert_eq!(both[0].which, Which::Urn("118291".to_owned()));
        assert_eq!(both[0].id("urn"), "urn");
    }
}
