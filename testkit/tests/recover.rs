//! Somebody who is locked out is let in again from the command line.

use axum::http::StatusCode;
use programme::{
    Error, Who,
    person::{self, Browser, SignIn},
};
use testkit::{House, on_both};

const EMAIL: &str = "head@example.org";
const PASSWORD: &str = "a long enough password";

async fn tried(house: &House, password: &str) -> SignIn {
    person::sign_in(&house.world, EMAIL, password, Browser::default()).await.unwrap()
}

async fn wrong_passwords_are_forgotten(house: House) {
    house.signed_in().await;
    for _ in 0..10 {
        assert!(matches!(tried(&house, "a wrong password").await, SignIn::Wrong));
    }
    assert!(matches!(tried(&house, PASSWORD).await, SignIn::Wait(_)));
    person::unlock(&house.world, &Who::Console, " Head@Example.org ").await.unwrap();
    assert!(matches!(tried(&house, PASSWORD).await, SignIn::Done(_)));
}

async fn a_new_password_replaces_the_old_one_and_ends_sessions(house: House) {
    let (cookie, _) = house.signed_in().await;
    person::set_password(&house.world, &Who::Console, EMAIL, "quite another password").await.unwrap();
    assert_eq!(house.get_as("/imports/new", &cookie).await.status, StatusCode::SEE_OTHER, "signed out");
    assert!(matches!(tried(&house, PASSWORD).await, SignIn::Wrong));
    assert!(matches!(tried(&house, "quite another password").await, SignIn::Done(_)));
}

async fn nobody_else_is_let_in(house: House) {
    house.signed_in().await;
    let SignIn::Done(token) = tried(&house, PASSWORD).await else { panic!("signed in") };
    let session = person::session(&house.world, &token, None).await.unwrap().expect("a session");
    let administrator = Who::Person(session.caller);
    for who in [&Who::Anyone, &administrator] {
        let set = person::set_password(&house.world, who, EMAIL, "quite another password").await;
        assert!(matches!(set, Err(Error::SignInFirst | Error::NotFound)), "{who:?}");
        assert!(person::unlock(&house.world, who, EMAIL).await.is_err(), "{who:?}");
    }
    assert!(matches!(tried(&house, PASSWORD).await, SignIn::Done(_)), "nothing was changed");
    let unknown = person::unlock(&house.world, &Who::Console, "nobody@example.org").await.unwrap_err();
    assert!(unknown.to_string().contains("Nobody here"), "{unknown}");
    let short = person::set_password(&house.world, &Who::Console, EMAIL, "short").await.unwrap_err();
    assert!(short.to_string().contains("12 to 200"), "{short}");
}

on_both! {
    wrong_passwords_are_forgotten
    a_new_password_replaces_the_old_one_and_ends_sessions
    nobody_else_is_let_in
}
