//! Taking calls: TLS, slow callers, an end that finishes what was begun.

mod server;

use server::{Files, Server, ample};
use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpStream},
    sync::mpsc,
    time::{Duration, Instant},
};
use tokio::task::spawn_blocking;
use ureq::{
    Agent, SendBody,
    tls::{Certificate as Root, RootCerts, TlsConfig},
};
use web::{Certificate, Patience};

/// A client that trusts this certificate and no other.
fn client(trusted: Option<&[u8]>) -> Agent {
    let roots: Vec<Root<'static>> = trusted.iter().map(|der| Root::from_der(der).to_owned()).collect();
    let tls = TlsConfig::builder().root_certs(RootCerts::new_with_certs(&roots)).build();
    let config = Agent::config_builder().tls_config(tls).http_status_as_error(false).max_redirects(0);
    config.timeout_global(Some(Duration::from_secs(20))).build().into()
}

/// `GET address`; status, or why there is none.
async fn get(trusted: Option<Vec<u8>>, address: String) -> Result<ureq::http::Response<ureq::Body>, ureq::Error> {
    spawn_blocking(move || client(trusted.as_deref()).get(&address).call()).await.unwrap()
}

/// What the server says to these bytes until it hangs up, and how long that took.
async fn raw(to: SocketAddr, bytes: &'static [u8]) -> (Vec<u8>, Duration) {
    let talk = move || {
        let started = Instant::now();
        let mut stream = TcpStream::connect(to).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        stream.write_all(bytes).unwrap();
        let mut heard = Vec::new();
        // A reset is a way of hanging up, too.
        let _ = stream.read_to_end(&mut heard);
        (heard, started.elapsed())
    };
    spawn_blocking(talk).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_comes_over_tls_to_whoever_trusts_us() {
    let files = Files::new();
    let ours = files.write();
    let server = Server::start(Some(files.open()), ample()).await;
    let address = format!("https://{}/sign-in", server.address);
    let answer = get(Some(ours), address.clone()).await.unwrap();
    assert_eq!(answer.status(), 200);
    assert_eq!(answer.headers()["strict-transport-security"], "max-age=31536000");
    assert!(!answer.headers()["x-request-id"].is_empty());
    let stranger = Files::new().write();
    assert!(get(Some(stranger), address).await.is_err(), "another certificate is not ours");
}

#[tokio::test(flavor = "multi_thread")]
async fn plain_http_on_the_tls_port_gets_no_answer() {
    let files = Files::new();
    files.write();
    let server = Server::start(Some(files.open()), ample()).await;
    let (heard, _) = raw(server.address, b"GET /sign-in HTTP/1.1\r\nHost: x\r\n\r\n").await;
    let text = String::from_utf8_lossy(&heard);
    assert!(!text.contains("HTTP") && !text.contains("html"), "{text}");
    assert!(heard.len() < 20, "at most an alert");
}

#[tokio::test(flavor = "multi_thread")]
async fn plain_http_is_not_told_to_use_https() {
    let server = Server::start(None, ample()).await;
    let answer = get(None, format!("http://{}/healthz", server.address)).await.unwrap();
    assert_eq!(answer.status(), 200);
    assert!(!answer.headers().contains_key("strict-transport-security"));
}

/// A body that says its first half at once and the second when told.
struct Slow {
    begun: Option<mpsc::Sender<()>>,
    go_on: mpsc::Receiver<()>,
    left: Vec<&'static [u8]>,
}

impl Read for Slow {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        if self.left.len() == 1 {
            if let Some(begun) = self.begun.take() {
                begun.send(()).unwrap();
            }
            self.go_on.recv().unwrap();
        }
        let part = self.left.pop().unwrap_or_default();
        into[..part.len()].copy_from_slice(part);
        Ok(part.len())
    }
}

/// Sends half a form, has the server stopped, sends the rest: it is answered.
async fn a_form_is_finished(server: Server, address: String, trusted: Option<Vec<u8>>) {
    let (begun, has_begun) = mpsc::channel();
    let (let_go, go_on) = mpsc::channel();
    let idle = TcpStream::connect(server.address).unwrap();
    let asked = spawn_blocking(move || {
        let parts: Vec<&[u8]> = vec![b"x%40example.org&password=wrong", b"email="];
        let mut slow = Slow { begun: Some(begun), go_on, left: parts };
        let request = client(trusted.as_deref()).post(&address);
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        request.send(SendBody::from_reader(&mut slow)).unwrap()
    });
    spawn_blocking(move || has_begun.recv().unwrap()).await.unwrap();
    // Its first half has to arrive before we stop, or there is nothing to finish.
    tokio::time::sleep(Duration::from_millis(200)).await;
    let to = server.address;
    let stopped = server.stop();
    let refused = async {
        while TcpStream::connect(to).is_ok() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), refused).await.expect("no new call is taken");
    assert!(!stopped.is_finished(), "it waits for what was begun");
    let_go.send(()).unwrap();
    let mut answer = asked.await.unwrap();
    assert_eq!(answer.status(), 422);
    assert!(answer.body_mut().read_to_string().unwrap().contains("There is a problem"));
    tokio::time::timeout(Duration::from_secs(5), stopped).await.expect("then it ends, idle callers or not").unwrap();
    drop(idle);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_begun_is_finished_plain() {
    let server = Server::start(None, ample()).await;
    let address = format!("http://{}/sign-in", server.address);
    a_form_is_finished(server, address, None).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_begun_is_finished_over_tls() {
    let files = Files::new();
    let ours = files.write();
    let server = Server::start(Some(files.open()), ample()).await;
    let address = format!("https://{}/sign-in", server.address);
    a_form_is_finished(server, address, Some(ours)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_does_not_greet_is_not_waited_for() {
    let files = Files::new();
    files.write();
    let patience = Patience { handshake: Duration::from_millis(300), ..ample() };
    let server = Server::start(Some(files.open()), patience).await;
    let (heard, took) = raw(server.address, b"").await;
    assert!(heard.is_empty() && took < Duration::from_secs(10), "{took:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn half_a_head_is_not_waited_for() {
    let patience = Patience { head: Duration::from_millis(300), ..ample() };
    let server = Server::start(None, patience).await;
    let (_, took) = raw(server.address, b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ").await;
    assert!(took >= Duration::from_millis(250) && took < Duration::from_secs(10), "{took:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_never_ends_is_given_up() {
    let patience = Patience { goodbye: Duration::from_millis(300), ..ample() };
    let server = Server::start(None, patience).await;
    let mut stream = TcpStream::connect(server.address).unwrap();
    stream.write_all(b"POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nemail=").unwrap();
    tokio::time::sleep(Duration::from_millis(200)).await;
    let stopped = server.stop();
    tokio::time::timeout(Duration::from_secs(10), stopped).await.expect("it ends all the same").unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_renewed_certificate_is_shown_and_a_broken_one_is_not() {
    let files = Files::new();
    let old = files.write();
    let certificate = files.open();
    let server = Server::start(Some(certificate.clone()), ample()).await;
    let address = format!("https://{}/healthz", server.address);
    assert!(!certificate.reload().unwrap(), "the same files are no news");
    std::fs::write(&files.key, "nothing").unwrap();
    let why = certificate.reload().unwrap_err();
    assert!(why.contains("key.pem") && why.contains("BEGIN PRIVATE KEY"), "{why}");
    assert_eq!(get(Some(old.clone()), address.clone()).await.unwrap().status(), 200, "the old one stays");
    let new = files.write();
    assert!(certificate.reload().unwrap());
    assert_eq!(get(Some(new), address.clone()).await.unwrap().status(), 200);
    assert!(get(Some(old), address).await.is_err());
}

#[test]
fn files_that_do_not_fit_are_named() {
    let (files, others) = (Files::new(), Files::new());
    files.write();
    others.write();
    let why = Certificate::open(&files.chain, &others.key).unwrap_err();
    assert!(why.contains("is not that of the certificate in") && why.contains("chain.pem"), "{why}");
    let why = Certificate::open(&files.key, &files.key).unwrap_err();
    assert!(why.contains("BEGIN CERTIFICATE"), "{why}");
    let why = Certificate::open(&files.beside("none.pem"), &files.key).unwrap_err();
    assert!(why.contains("none.pem cannot be read"), "{why}");
}
