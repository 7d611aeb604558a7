//! The real program as a server, and somebody who is signed in there.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    process::{Child, Command, Stdio},
    sync::Mutex,
    time::Duration,
};
use testkit::House;

/// A running `aspire serve`.
pub(crate) struct Server {
    child: Mutex<Child>,
    address: String,
}

impl Server {
    /// Starts one on a free port and waits until it listens.
    pub(crate) fn start(database: &str) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_aspire"))
            .args(["--database", database, "serve", "--listen", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .expect("the program starts");
        let mut said = String::new();
        BufReader::new(child.stdout.take().expect("its output")).read_line(&mut said).expect("a line");
        let (_, address) = said.trim().rsplit_once("http://").unwrap_or_else(|| panic!("it said ‘{said}’"));
        Self { address: address.to_owned(), child: Mutex::new(child) }
    }

    /// Kills it, without a word (SIGKILL).
    pub(crate) fn kill(&self) {
        let mut child = self.child.lock().expect("the child");
        child.kill().expect("it is killed");
        child.wait().expect("it is gone");
    }

    pub(crate) fn connect(&self) -> std::io::Result<Line> {
        let stream = TcpStream::connect(&self.address)?;
        stream.set_read_timeout(Some(Duration::from_secs(20)))?;
        stream.set_nodelay(true)?;
        Ok(Line { stream, host: self.address.clone() })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let child = self.child.get_mut().expect("the child");
        drop(child.kill());
        drop(child.wait());
    }
}

/// A connection that is kept.
pub(crate) struct Line {
    stream: TcpStream,
    host: String,
}

impl Line {
    /// Sends a form; the status of the answer.
    pub(crate) fn post(&mut self, path: &str, cookie: &str, form: &str) -> std::io::Result<u16> {
        let head = format!(
            "POST {path} HTTP/1.1\r\nhost: {}\r\ncookie: {cookie}\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n",
            self.host,
            form.len()
        );
        self.stream.write_all(head.as_bytes())?;
        self.stream.write_all(form.as_bytes())?;
        let mut answer = Vec::new();
        let end = loop {
            if let Some(end) = answer.windows(4).position(|four| four == b"\r\n\r\n") {
                break end + 4;
            }
            let mut some = [0; 4096];
            let read = self.stream.read(&mut some)?;
            if read == 0 {
                return Err(std::io::ErrorKind::UnexpectedEof.into());
            }
            answer.extend_from_slice(&some[..read]);
        };
        let head = String::from_utf8_lossy(&answer[..end]).to_lowercase();
        let length = head.split("content-length:").nth(1).and_then(|rest| rest.lines().next()?.trim().parse().ok());
        let mut left = length.unwrap_or(0_usize).saturating_sub(answer.len() - end);
        let mut some = [0; 4096];
        while left > 0 {
            let most = left.min(some.len());
            let read = self.stream.read(&mut some[..most])?;
            if read == 0 {
                return Err(std::io::ErrorKind::UnexpectedEof.into());
            }
            left -= read;
        }
        Ok(head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0))
    }
}

/// What somebody who is signed in carries.
pub(crate) struct Door {
    pub(crate) cookie: String,
    pub(crate) form_token: String,
}

const SCHOOL: &str = "urn,la_code,la_name,establishment_number,name,establishment_type_code,establishment_type_name,establishment_status_code,establishment_status_name,phase_type,phase_name,close_date,town,postcode,easting,northing,number_of_pupils,region,high_pupil_premium,last_changed_date,ukprn
135001,886,Kent,2010,Invented: St Aidan's Primary,1,Community school,1,Open,2,Primary,,Ashdale,TN27 9QT,583500,144200,208,South East,False,2023-11-14,
";

/// A register of one school, and an administrator who is signed in.
pub(crate) async fn sign_in(database: &str) -> Door {
    let house = House::at(database).await;
    house.import("gias_2023-11-16.csv", SCHOOL).await.expect("the school is imported");
    let (cookie, form_token) = house.signed_in().await;
    house.world.db.close().await;
    // This server speaks plain http.
    Door { cookie: cookie.trim_start_matches("__Host-").to_owned(), form_token }
}

/// A fresh database on the test's PostgreSQL server, where there is one.
pub(crate) async fn database(name: &str) -> Option<String> {
    let server = std::env::var("ASPIRE_TEST_POSTGRES").ok()?;
    let made = store::Db::open(&server).await.expect("the server answers");
    let name = format!("{name}_{}", std::process::id());
    made.create_database(&name).await.expect("a database of its own");
    made.close().await;
    let (base, _) = server.rsplit_once('/').expect("an address with a database");
    Some(format!("{base}/{name}"))
}
