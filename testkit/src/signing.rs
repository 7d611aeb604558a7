//! How people of tests come in: by invitation, with a password, with a code.

use crate::{Answer, House, Person};
use axum::http::StatusCode;
use hmac::{Hmac, KeyInit as _, Mac as _};
use outside::mail::SendMail as _;
use programme::{
    Who,
    invitation::{self, NewInvitation},
    who::Role,
};
use sha1::Sha1;
use store::statement;

/// The password of everybody who is invited here.
pub const PASSWORD: &str = "ten miles to Oakmere";

/// A code of an app, by our own reading of RFC 6238 and RFC 4226.
///
/// # Panics
/// Where that fails.
#[must_use]
pub fn code(secret: &str, house: &House) -> String {
    let letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let (mut key, mut bits, mut held) = (Vec::new(), 0_u32, 0_u32);
    for letter in secret.bytes().filter(|byte| *byte != b'=' && *byte != b' ') {
        let five = letters.iter().position(|one| *one == letter).expect("base32");
        bits = (bits << 5) | u32::try_from(five).unwrap();
        held += 5;
        if held >= 8 {
            held -= 8;
            key.push(u8::try_from((bits >> held) & 0xff).unwrap());
        }
    }
    let step = u64::try_from(house.world.now().as_second() / 30).unwrap();
    let mut mac = Hmac::<Sha1>::new_from_slice(&key).unwrap();
    mac.update(&step.to_be_bytes());
    let digest = mac.finalize().into_bytes();
    let at = usize::from(digest[19] & 0xf);
    let number = u32::from_be_bytes([digest[at] & 0x7f, digest[at + 1], digest[at + 2], digest[at + 3]]);
    format!("{:06}", number % 1_000_000)
}

/// Somebody with a password, who came by an invitation.
///
/// # Panics
/// Where that fails.
pub async fn invited(house: &House, name: &str, role: Role, organisation: i64) -> Person {
    let email = format!("{}@example.org", name.to_lowercase().replace(' ', "."));
    let new = NewInvitation { name: name.to_owned(), email: email.clone(), role: Some(role), strand: None };
    invitation::invite(&house.world, &Who::Console, organisation, new).await.unwrap();
    let path = link(house, &email).await;
    let answer = house.post(&format!("{path}/accept"), "", &[("name", name), ("password", PASSWORD)]).await;
    house.entered(&answer, name).await
}

/// The way that the latest letter to this address leads.
///
/// # Panics
/// Where that fails.
pub async fn link(house: &House, to: &str) -> String {
    house.work().await;
    let letters = house.mail.kept();
    let letter = letters.iter().find(|letter| letter.to == to && letter.text.contains("https://")).expect("a letter");
    let (_, after) = letter.text.split_once("https://aspire.example.org").expect("a link");
    after.split_whitespace().next().unwrap_or_default().to_owned()
}

/// A password is typed on the sign-in page.
pub async fn sign_in(house: &House, email: &str, password: &str) -> Answer {
    house.post("/sign-in", "", &[("email", email), ("password", password)]).await
}

/// Sets up an app: its secret and the recovery codes.
///
/// # Panics
/// Where that fails.
pub async fn sets_up_an_app(house: &House, person: &Person) -> (String, Vec<String>) {
    let begun = house.send("/account/app/begin", person, &[]).await;
    assert_eq!(begun.header("location"), "/account/app", "{}", begun.body);
    let page = house.see("/account/app", person).await;
    assert!(page.body.contains("<svg role=\"img\""), "a picture for a camera");
    let (_, after) = page.body.split_once("<code class=\"app-code\">").expect("letters to type");
    let secret = after.split('<').next().unwrap().replace(' ', "");
    let wrong = house.send("/account/app", person, &[("code", "000000")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", wrong.body);
    let done = house.send("/account/app", person, &[("code", &code(&secret, house))]).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    let codes: Vec<String> =
        done.body.split("<code>").skip(1).map(|part| part.split('<').next().unwrap().to_owned()).collect();
    assert_eq!(codes.len(), 10, "{}", done.body);
    (secret, codes)
}

/// Somebody's id by their address.
///
/// # Panics
/// Where that fails.
pub async fn who(house: &House, email: &str) -> i64 {
    statement!(ID, "SELECT id FROM person WHERE email = $1");
    let mut conn = house.world.db.read().await.unwrap();
    conn.row(ID, vec![email.into()]).await.unwrap().expect("somebody").int(0).unwrap()
}
