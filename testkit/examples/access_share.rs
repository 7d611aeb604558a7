//! What deciding who may costs, beside the page for which it is decided.
//!
//! `access_share DATABASE TOKEN SCHOOL LEADS_TOKEN TIMES`: TOKEN is a head's
//! session, LEADS_TOKEN that of somebody who leads the school's programme and is
//! no member of the school. `cargo xtask bench people` runs it. It prints lines of
//! a name and microseconds (the median), nothing waiting for anything else:
//! through the router, a whole page; and of what the page does, the reading of the
//! roles that one holds, and the decision: what asking for the session takes longer
//! where it says how one belongs to the school as well, and what the noun's action
//! takes for this reader beyond what it takes for the command line, which may all.

use axum::{
    body::Body,
    http::{Request, header},
};
use kernel::{SeededChance, SystemClock};
use outside::FakeFetch;
use programme::{
    Who, World,
    person::{self, Token},
    role,
};
use std::{error::Error, io::Write as _, sync::Arc, time::Instant};
use store::Db;
use tower::ServiceExt as _;
use web::{App, Settings};

type Outcome<T> = Result<T, Box<dyn Error>>;

#[tokio::main]
async fn main() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [database, token, school, lead, times] = arguments.as_slice() else {
        return Err("access_share DATABASE TOKEN SCHOOL LEADS_TOKEN TIMES".into());
    };
    let (school, times): (i64, usize) = (school.parse()?, times.parse()?);
    let db = Db::open(database).await?;
    let world = World::new(db, Arc::new(SystemClock), Arc::new(SeededChance::of(1)), Arc::new(FakeFetch::default()));
    let settings = Settings { largest_upload: 1, ..Settings::default() };
    let router = web::router(App::new(world.clone(), settings));
    // The register is read into memory by the first who asks.
    world.record().await?;
    for (name, text) in [("head", token), ("lead", lead)] {
        let token = Token::parse(text).ok_or("no token")?;
        let stranger = Token::parse(&"0".repeat(64)).ok_or("no token")?;
        let who = Who::Person(person::session(&world, &token, Some(school)).await?.ok_or("no session")?.caller);
        let path = format!("/organisations/{school}/people");
        let (mut page, mut session, mut here, mut nobody, mut own, mut console) =
            (Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new());
        // In turns, so that whatever else the machine does is everybody's.
        for _ in 0..times {
            let request = Request::get(&path).header(header::COOKIE, format!("aspire_session={text}"));
            let request = request.body(Body::empty())?;
            let began = Instant::now();
            let answer = router.clone().oneshot(request).await?;
            let body = axum::body::to_bytes(answer.into_body(), usize::MAX).await?;
            page.push(began.elapsed());
            if !String::from_utf8_lossy(&body).contains("</html>") {
                return Err(format!("{path} is no page for the {name}").into());
            }
            // The first question after a page finds the caches cold, whichever it is.
            person::session(&world, &token, None).await?;
            let began = Instant::now();
            person::session(&world, &token, None).await?;
            session.push(began.elapsed());
            let began = Instant::now();
            person::session(&world, &token, Some(school)).await?;
            here.push(began.elapsed());
            let began = Instant::now();
            person::session(&world, &stranger, None).await?;
            nobody.push(began.elapsed());
            let began = Instant::now();
            role::people(&world, &who, school).await?;
            own.push(began.elapsed());
            let began = Instant::now();
            role::people(&world, &Who::Console, school).await?;
            console.push(began.elapsed());
        }
        let median = |what: &str, mut all: Vec<std::time::Duration>| {
            all.sort_unstable();
            writeln!(std::io::stdout(), "{name} {what} {}", all[all.len() / 2].as_micros())
        };
        median("page", page)?;
        median("session", session)?;
        median("session-here", here)?;
        median("no-session", nobody)?;
        median("action", own)?;
        median("action-of-console", console)?;
    }
    Ok(())
}
