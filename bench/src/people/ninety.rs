//! A school opens a diagnosis, and ninety people answer it at once.

use super::{
    site::{Person, Site},
    tour::field,
};
use crate::{Outcome, http, link::Link};
use serde_json::Value;
use std::{collections::BTreeSet, fmt::Write as _, sync::Arc, time::Instant};

/// How it went.
#[derive(Default)]
pub struct Went {
    /// How long each answer of the server took, microseconds, ascending: pages and saving.
    pub took: Vec<u32>,
    /// What went wrong.
    pub errors: Vec<String>,
    /// Views that were acknowledged.
    pub views: u64,
    /// From the first question to the last answer.
    pub seconds: f64,
    /// The diagnosis.
    pub diagnosis: String,
}

/// `large` is the school as seed.py says it.
pub fn answer(site: &Site, large: &Value) -> Outcome<Went> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    runtime.map_err(|error| error.to_string())?.block_on(async {
        let people = Person::all(&large["people"]);
        let school = large["school"].to_string();
        let path = open(site, &Person::of(&large["head"]), &school, &people).await?;
        let (address, path) = (Arc::new(site.address.clone()), Arc::new(path));
        let began = Instant::now();
        let all: Vec<_> =
            people.into_iter().map(|person| tokio::spawn(one(address.clone(), path.clone(), person))).collect();
        let mut went = Went { diagnosis: path.rsplit('/').next().unwrap_or_default().to_owned(), ..Went::default() };
        for task in all {
            let part = task.await.map_err(|error| error.to_string())?;
            went.took.extend(part.took);
            went.errors.extend(part.errors);
            went.views += part.views;
        }
        went.seconds = began.elapsed().as_secs_f64();
        went.took.sort_unstable();
        Ok(went)
    })
}

/// The head opens a diagnosis of all strands with these people; its path.
async fn open(site: &Site, head: &Person, school: &str, people: &[Person]) -> Outcome<String> {
    let mut link = Link::to(&site.address);
    let target = format!("/organisations/{school}/diagnoses/new");
    let page = link.ask(&http::request_by(&site.address, &target, &head.cookies, None)).await?;
    let page = String::from_utf8_lossy(&page.body).into_owned();
    let token = field(&page, "csrf").ok_or("the form of a diagnosis lacks its token")?;
    let mut form = format!("csrf={token}&framework=five-strands&names=hidden&due-day=1&due-month=12&due-year=2099");
    for (_, value) in inputs(&page, "strands-five-strands") {
        let _ = write!(form, "&strands-five-strands={value}");
    }
    for person in people {
        let _ = write!(form, "&people={}", person.id);
    }
    let answer = link.ask(&http::request_by(&site.address, &target, &head.cookies, Some(&form))).await?;
    let path = answer.location.split('?').next().unwrap_or_default().to_owned();
    let opened = answer.status == 303 && path.contains("/diagnoses/");
    opened.then_some(path).ok_or_else(|| format!("no diagnosis could be opened: status {}", answer.status))
}

async fn one(address: Arc<String>, path: Arc<String>, person: Person) -> Went {
    let mut went = Went::default();
    if let Err(why) = all_strands(&address, &path, &person, &mut went).await {
        went.errors.push(why);
    }
    went
}

async fn all_strands(address: &str, path: &str, person: &Person, went: &mut Went) -> Outcome<()> {
    let mut link = Link::to(address);
    let mine = format!("{path}/mine");
    let page = ask(&mut link, address, &mine, person, None, went).await?;
    let strands: BTreeSet<String> = page
        .split("href=\"")
        .filter_map(|rest| rest.split('"').next()?.strip_prefix(&mine)?.strip_prefix('/').map(str::to_owned))
        .collect();
    if strands.is_empty() {
        return Err("a person’s part names no strand".to_owned());
    }
    for strand in strands {
        let target = format!("{mine}/{strand}");
        let page = ask(&mut link, address, &target, person, None, went).await?;
        let token = field(&page, "csrf").ok_or("the form of a strand lacks its token")?;
        let names: BTreeSet<&str> = inputs(&page, "").into_iter().map(|(name, _)| name).collect();
        let mut form = format!("csrf={token}");
        for name in &names {
            let choices = inputs(&page, name);
            let chosen = person.id.bytes().map(usize::from).sum::<usize>() % choices.len();
            let _ = write!(form, "&{name}={}&{name}-because=We+look+at+it+each+term", choices[chosen].1);
        }
        ask(&mut link, address, &target, person, Some(&form), went).await?;
        went.views += names.len() as u64;
    }
    Ok(())
}

async fn ask(
    link: &mut Link,
    address: &str,
    target: &str,
    person: &Person,
    form: Option<&str>,
    went: &mut Went,
) -> Outcome<String> {
    let started = Instant::now();
    let answer = link.ask(&http::request_by(address, target, &person.cookies, form)).await?;
    went.took.push(u32::try_from(started.elapsed().as_micros()).unwrap_or(u32::MAX));
    let wanted = if form.is_some() { 303 } else { 200 };
    if answer.status != wanted {
        return Err(format!("{target}: status {}", answer.status));
    }
    Ok(String::from_utf8_lossy(&answer.body).into_owned())
}

/// Name and value of what can be chosen under this name; of all radios, where none is said.
fn inputs<'a>(page: &'a str, name: &str) -> Vec<(&'a str, &'a str)> {
    let part = |tag: &'a str, what: &str| tag.split_once(&format!(" {what}=\""))?.1.split('"').next();
    page.split("<input ")
        .skip(1)
        .filter_map(|rest| {
            let tag = rest.split('>').next()?;
            let (kind, called, value) = (part(tag, "type")?, part(tag, "name")?, part(tag, "value")?);
            let wanted = if name.is_empty() { kind == "radio" } else { called == name && kind != "hidden" };
            wanted.then_some((called, value))
        })
        .collect()
}
