//! Mail to a real server (aiosmtpd, which `cargo xtask postgres` starts; what it
//! answers to whom stands in xtask/src/smtp_server.py). Without
//! `ASPIRE_TEST_SMTP` these say so and pass: `cargo xtask test` always sets it.

use outside::mail::{MailError, Outgoing, Security, SendMail as _, Smtp, SmtpSettings};
use std::{
    fs,
    path::{Path, PathBuf},
    time::SystemTime,
};

struct Server {
    folder: PathBuf,
}

impl Server {
    fn here() -> Option<Self> {
        std::env::var_os("ASPIRE_TEST_SMTP")?;
        let folder = std::env::var_os("ASPIRE_TEST_SMTP_FOLDER").expect("the server's directory");
        Some(Self { folder: folder.into() })
    }

    fn port(&self, name: &str) -> u16 {
        let ports = fs::read_to_string(self.folder.join("ports.json")).unwrap();
        let (_, after) = ports.split_once(&format!("\"{name}\": ")).expect("a port of this name");
        after.split([',', '}']).next().unwrap().parse().unwrap()
    }

    fn settings(&self, security: Security) -> SmtpSettings {
        let (name, secret) = match security {
            Security::None => ("plain", None),
            Security::StartTls => ("starttls", Some("letters".to_owned())),
            Security::Tls => ("tls", Some("letters".to_owned())),
        };
        SmtpSettings {
            host: "localhost".to_owned(),
            port: self.port(name),
            security,
            user: secret.as_ref().map(|_| "aspire".to_owned()),
            password: secret,
            from: "Aspire <aspire@example.org>".to_owned(),
        }
    }

    fn smtp(&self, settings: &SmtpSettings) -> Smtp {
        let roots = fs::read(self.folder.join("ca.pem")).unwrap();
        Smtp::with_roots(settings, Some(&roots)).unwrap()
    }

    /// The letters that arrived for this address.
    fn received(&self, to: &str) -> Vec<String> {
        let letters = fs::read_dir(self.folder.join("box")).unwrap().flatten();
        letters
            .filter(|file| Path::new(&file.file_name()).extension().is_some_and(|ending| ending == "eml"))
            .map(|file| fs::read_to_string(file.path()).unwrap())
            .filter(|letter| letter.lines().next() == Some(to))
            .collect()
    }
}

fn letter(id: &str, to: &str) -> Outgoing {
    Outgoing {
        id: id.to_owned(),
        to: to.to_owned(),
        stop: None,
        subject: "A new password – for you".to_owned(),
        text: "Follow https://aspire.example.org/password/0123456789abcdef\n.\nThat was a line with a dot.".to_owned(),
        html: "<p>Follow <a href=\"https://aspire.example.org/password/0123456789abcdef\">this</a></p>".to_owned(),
        at: SystemTime::UNIX_EPOCH,
    }
}

#[test]
fn a_letter_arrives_whole_however_it_is_encrypted() {
    let Some(server) = Server::here() else { return };
    for (security, to) in [
        (Security::None, "plain@example.org"),
        (Security::StartTls, "starttls@example.org"),
        (Security::Tls, "tls@example.org"),
    ] {
        let smtp = server.smtp(&server.settings(security));
        smtp.greet().unwrap();
        smtp.send(&letter("1", to)).unwrap_or_else(|error| panic!("{security:?}: {error}"));
        let received = server.received(to);
        assert_eq!(received.len(), 1, "{security:?}");
        for line in [
            "From: Aspire <aspire@example.org>",
            &format!("To: {to}"),
            "Message-ID: <letter-1@example.org>",
            "multipart/alternative",
            "https://aspire.example.org/password/0123456789abcdef",
            "That was a line with a dot.",
        ] {
            assert!(received[0].contains(line), "{security:?}: {line} is missing in {}", received[0]);
        }
    }
}

#[test]
fn what_is_refused_for_now_is_told_from_what_is_refused_for_good() {
    let Some(server) = Server::here() else { return };
    let smtp = server.smtp(&server.settings(Security::None));
    let said = |to: &str| smtp.send(&letter("2", to)).unwrap_err();
    let busy = said("busy@example.org");
    assert!(matches!(&busy, MailError::Passing(why) if why.ends_with("451 4.3.2 Too busy, try later")), "{busy:?}");
    let nobody = said("nobody@example.org");
    let words = "the mail server refused this recipient: 550 5.1.1 No such mailbox here";
    assert_eq!(nobody, MailError::Final(words.to_owned()));
    let spam = said("spam@example.org");
    assert!(matches!(&spam, MailError::Final(why) if why.contains("this letter: 554 5.6.0")), "{spam:?}");
    let relay = said("relay@example.org");
    assert!(matches!(&relay, MailError::Passing(why) if why.contains("550 5.7.1")), "ours to mend: {relay:?}");
    let none = said("no address");
    assert!(matches!(none, MailError::Final(_)), "{none:?}");
    for to in ["busy@example.org", "nobody@example.org", "spam@example.org", "relay@example.org"] {
        assert!(server.received(to).is_empty(), "{to}");
    }
}

#[test]
fn what_is_wrong_with_our_settings_lets_letters_wait() {
    let Some(server) = Server::here() else { return };
    let said = |settings: &SmtpSettings| match server.smtp(settings).send(&letter("3", "sam@example.org")) {
        Err(MailError::Passing(why)) => why,
        other => panic!("{other:?}"),
    };
    let right = server.settings(Security::StartTls);
    let why = said(&SmtpSettings { password: Some("wrong".to_owned()), ..right.clone() });
    assert!(why.contains("does not let us in: 535") && !why.contains("wrong"), "{why}");
    let why = said(&SmtpSettings { from: "stranger@example.org".to_owned(), ..server.settings(Security::None) });
    assert!(why.contains("refuses stranger@example.org: 550 5.1.8"), "{why}");
    let why = said(&SmtpSettings { security: Security::StartTls, port: server.port("plain"), ..right.clone() });
    assert!(why.contains("does not encrypt"), "{why}");
    let why = said(&SmtpSettings { host: "127.0.0.1".to_owned(), ..right.clone() });
    assert!(why.contains("does not encrypt"), "a certificate for another name: {why}");
    let strange = Smtp::new(&right).unwrap().greet().unwrap_err();
    assert!(strange.to_string().contains("does not encrypt"), "an authority that nobody knows: {strange}");
}
