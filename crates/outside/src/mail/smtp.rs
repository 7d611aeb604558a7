//! Mail by SMTP.
//!
//! The commands are given one by one, so that it is known what was refused:
//! the letter and its recipient are refused for good by a 5xx answer to them;
//! everything before is about us (address, password, sender), and mended by
//! whoever keeps this Aspire, so the letter waits.

use super::{MailError, Outgoing, SendMail};
use lettre::{
    Address, Message,
    message::{Mailbox, MultiPart, MultiPartBuilder, MultiPartKind, SinglePart, header},
    transport::smtp::{
        authentication::{Credentials, DEFAULT_MECHANISMS},
        client::{Certificate, SmtpConnection, TlsParameters, TlsParametersBuilder},
        commands::{Data, Mail, Rcpt},
        extension::{ClientId, Extension, MailParameter},
    },
};
use std::{error::Error as _, io::ErrorKind, time::Duration};

/// How long the server may take over one answer.
const PATIENCE: Duration = Duration::from_secs(30);

/// How a connection is encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Security {
    /// From the first byte (usually port 465).
    Tls,
    /// After a STARTTLS that the server must offer (usually port 587).
    StartTls,
    /// Not at all; for a server on this machine.
    None,
}

/// By which server letters go.
#[derive(Clone, PartialEq, Eq)]
pub struct SmtpSettings {
    /// Its name, which its certificate must carry.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is encrypted.
    pub security: Security,
    /// User, where it wants one.
    pub user: Option<String>,
    /// Their password.
    pub password: Option<String>,
    /// Whom letters are from: `aspire@example.org` or `Aspire <aspire@example.org>`.
    pub from: String,
}

impl std::fmt::Debug for SmtpSettings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SmtpSettings({}:{}, {:?}, from {})", self.host, self.port, self.security, self.from)
    }
}

/// A mail server, reached anew for each letter. Cheap to clone.
#[derive(Clone)]
pub struct Smtp {
    host: String,
    port: u16,
    security: Security,
    tls: TlsParameters,
    credentials: Option<Credentials>,
    from: Mailbox,
    hello: ClientId,
}

impl Smtp {
    /// The server of these settings, trusted by the certificates that browsers trust.
    ///
    /// # Errors
    /// A sentence that says which setting does not fit.
    pub fn new(settings: &SmtpSettings) -> Result<Self, String> {
        Self::with_roots(settings, None)
    }

    /// As [`Self::new`], trusting certificates (PEM) besides: those of an
    /// authority of one's own.
    ///
    /// # Errors
    /// As [`Self::new`], and where `roots` holds no certificates.
    pub fn with_roots(settings: &SmtpSettings, roots: Option<&[u8]>) -> Result<Self, String> {
        let SmtpSettings { host, port, security, user, password, from } = settings.clone();
        let from: Mailbox = from.parse().map_err(|_| format!("‘{from}’ is no address that letters can be from"))?;
        let credentials = match (user, password) {
            (Some(user), Some(password)) => Some(Credentials::new(user, password)),
            (None, None) => None,
            (Some(_), None) => return Err("the mail server’s user has no password".to_owned()),
            (None, Some(_)) => return Err("the mail server’s password has no user".to_owned()),
        };
        if host.is_empty() || host.contains(char::is_whitespace) {
            return Err(format!("‘{host}’ is no name of a mail server"));
        }
        let is_here = ["localhost", "127.0.0.1", "::1"].contains(&host.as_str());
        if credentials.is_some() && security == Security::None && !is_here {
            return Err("a password is not sent to a mail server unencrypted: choose TLS or STARTTLS".to_owned());
        }
        let mut tls = TlsParametersBuilder::new(host.clone());
        if let Some(roots) = roots {
            let wrong = |_| "the mail server’s certificates cannot be read".to_owned();
            tls = tls.add_root_certificate(Certificate::from_pem(roots).map_err(wrong)?);
        }
        let tls = tls.build_rustls().map_err(|error| format!("no encryption for {host}: {error}"))?;
        let hello = ClientId::Domain(from.email.domain().to_owned());
        Ok(Self { host, port, security, tls, credentials, from, hello })
    }

    /// Greets the server and signs in there, without sending anything; to check
    /// settings.
    ///
    /// # Errors
    /// Always [`MailError::Passing`]: nothing of this is about a letter.
    pub fn greet(&self) -> Result<(), MailError> {
        let mut conn = self.connect()?;
        let _ = conn.quit();
        Ok(())
    }

    fn connect(&self) -> Result<SmtpConnection, MailError> {
        let Self { host, port, .. } = self;
        let ours = |what: &'static str| {
            move |error: lettre::transport::smtp::Error| MailError::Passing(format!("{what}: {}", words(&error)))
        };
        let tls = (self.security == Security::Tls).then_some(&self.tls);
        let mut conn = SmtpConnection::connect((host.as_str(), *port), Some(PATIENCE), &self.hello, tls, None)
            .map_err(|error| {
                MailError::Passing(format!("the mail server {host}:{port} cannot be reached: {}", words(&error)))
            })?;
        if self.security == Security::StartTls {
            conn.starttls(&self.tls, &self.hello).map_err(ours("the mail server does not encrypt"))?;
        }
        if let Some(credentials) = &self.credentials {
            conn.auth(DEFAULT_MECHANISMS, credentials).map_err(ours("the mail server does not let us in"))?;
        }
        Ok(conn)
    }

    fn message(&self, letter: &Outgoing, to: &Address) -> Result<Message, MailError> {
        // The boundary is drawn from nothing: the letter's id makes it.
        let parts: MultiPartBuilder = MultiPart::builder();
        let parts = parts.kind(MultiPartKind::Alternative).boundary(format!("aspire-{}", letter.id));
        let id = format!("<letter-{}@{}>", letter.id, self.from.email.domain());
        let message = match &letter.stop {
            // A line break in it would be a further header.
            Some(stop) if stop.chars().all(|c| c.is_ascii_graphic()) => {
                Message::builder().header(Unsubscribe(format!("<{stop}>"))).header(OneClick)
            }
            _ => Message::builder(),
        };
        message
            .from(self.from.clone())
            .to(Mailbox::new(None, to.clone()))
            .subject(letter.subject.as_str())
            .date(letter.at)
            .message_id(Some(id))
            .header(Automatic)
            .multipart(
                parts
                    .singlepart(SinglePart::plain(letter.text.clone()))
                    .singlepart(SinglePart::html(letter.html.clone())),
            )
            .map_err(|error| MailError::Final(format!("no letter can be made of it: {error}")))
    }
}

impl SendMail for Smtp {
    fn send(&self, letter: &Outgoing) -> Result<(), MailError> {
        let to: Address = letter.to.parse().map_err(|_| MailError::Final("this is no e-mail address".to_owned()))?;
        let message = self.message(letter, &to)?;
        let mut conn = self.connect()?;
        let mut options = Vec::new();
        let addresses: [&str; 2] = [to.as_ref(), self.from.email.as_ref()];
        if !addresses.iter().all(|address| address.is_ascii()) {
            if !conn.server_info().supports_feature(Extension::SmtpUtfEight) {
                let why = "the mail server takes no address with letters beyond those of English";
                return Err(MailError::Final(why.to_owned()));
            }
            options.push(MailParameter::SmtpUtfEight);
        }
        conn.command(Mail::new(Some(self.from.email.clone()), options)).map_err(|error| {
            MailError::Passing(format!("the mail server refuses {}: {}", self.from.email, words(&error)))
        })?;
        conn.command(Rcpt::new(to, Vec::new())).map_err(|error| refused("this recipient", &error))?;
        conn.command(Data).map_err(|error| refused("this letter", &error))?;
        conn.message(&message.formatted()).map_err(|error| refused("this letter", &error))?;
        // It has the letter: how the conversation ends is of no interest.
        let _ = conn.quit();
        Ok(())
    }
}

/// `Auto-Submitted: auto-generated` (RFC 3834), so that holiday replies stay away.
#[derive(Debug, Clone)]
struct Automatic;

impl header::Header for Automatic {
    fn name() -> header::HeaderName {
        header::HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> header::HeaderValue {
        header::HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

/// `List-Unsubscribe` (RFC 2369): where a mail program stops letters like this.
#[derive(Debug, Clone)]
struct Unsubscribe(String);

impl header::Header for Unsubscribe {
    fn name() -> header::HeaderName {
        header::HeaderName::new_from_ascii_str("List-Unsubscribe")
    }

    fn parse(text: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self(text.to_owned()))
    }

    fn display(&self) -> header::HeaderValue {
        // As it is: folded or encoded, mail programs would not read it.
        header::HeaderValue::dangerous_new_pre_encoded(Self::name(), self.0.clone(), self.0.clone())
    }
}

/// `List-Unsubscribe-Post` (RFC 8058): one click does it, without a page.
#[derive(Debug, Clone)]
struct OneClick;

impl header::Header for OneClick {
    fn name() -> header::HeaderName {
        header::HeaderName::new_from_ascii_str("List-Unsubscribe-Post")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> header::HeaderValue {
        header::HeaderValue::new(Self::name(), "List-Unsubscribe=One-Click".to_owned())
    }
}

/// A refusal of the recipient or the letter. 5.7.x is about what we are allowed
/// to (relaying, signing in, policy): that can be mended, so the letter waits.
fn refused(what: &str, error: &lettre::transport::smtp::Error) -> MailError {
    let words = words(error);
    let is_about_us = ["5.7.", "530", "535", "538"].iter().any(|code| {
        let said = if code.ends_with('.') { words.split_once(' ').map_or("", |(_, text)| text) } else { &words };
        said.starts_with(code)
    });
    let why = format!("the mail server refused {what}: {words}");
    if error.is_permanent() && !is_about_us { MailError::Final(why) } else { MailError::Passing(why) }
}

/// ‘550 5.1.1 no such mailbox’, or what kept us from hearing anything.
fn words(error: &lettre::transport::smtp::Error) -> String {
    let io = error.source().and_then(|source| source.downcast_ref::<std::io::Error>());
    if io.is_some_and(|io| matches!(io.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut)) {
        return format!("no answer within {} seconds", PATIENCE.as_secs());
    }
    let said = error.source().map(ToString::to_string).unwrap_or_else(|| error.to_string());
    let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
    match error.status() {
        Some(code) => format!("{code} {said}"),
        None => said,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::SystemTime;

    fn settings() -> SmtpSettings {
        SmtpSettings {
            host: "mail.example.org".to_owned(),
            port: 587,
            security: Security::StartTls,
            user: Some("aspire".to_owned()),
            password: Some("a secret".to_owned()),
            from: "Aspire <aspire@example.org>".to_owned(),
        }
    }

    #[test]
    fn settings_that_do_not_fit_are_named() {
        assert!(Smtp::new(&settings()).is_ok());
        let wrong = |change: fn(&mut SmtpSettings)| {
            let mut settings = settings();
            change(&mut settings);
            Smtp::new(&settings).err().unwrap()
        };
        assert!(wrong(|s| s.from = "nobody".to_owned()).contains("‘nobody’"));
        assert!(wrong(|s| s.password = None).contains("no password"));
        assert!(wrong(|s| s.user = None).contains("no user"));
        assert!(wrong(|s| s.security = Security::None).contains("unencrypted"));
        assert!(wrong(|s| s.host = "no name".to_owned()).contains("‘no name’"));
        assert!(!format!("{:?}", settings()).contains("secret"));
    }

    #[test]
    fn a_letter_has_two_forms_and_says_that_nobody_wrote_it() {
        let letter = Outgoing {
            id: "77".to_owned(),
            to: "sam@example.org".to_owned(),
            stop: Some("https://aspire.example.org/digest/0123".to_owned()),
            subject: "Välkommen\r\nBcc: evil@example.org".to_owned(),
            text: "Plain words, naïve ones too.".to_owned(),
            html: "<p>Plain words</p>".to_owned(),
            at: SystemTime::UNIX_EPOCH,
        };
        let smtp = Smtp::new(&settings()).unwrap();
        let message = smtp.message(&letter, &letter.to.parse().unwrap()).unwrap().formatted();
        let message = String::from_utf8(message).unwrap();
        for line in [
            "Message-ID: <letter-77@example.org>\r\n",
            "Date: Thu, 01 Jan 1970 00:00:00 +0000\r\n",
            "Auto-Submitted: auto-generated\r\n",
            "boundary=\"aspire-77\"",
            "List-Unsubscribe: <https://aspire.example.org/digest/0123>\r\n",
            "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n",
            "Content-Type: text/plain; charset=utf-8\r\n",
            "Content-Type: text/html; charset=utf-8\r\n",
        ] {
            assert!(message.contains(line), "{line}: {message}");
        }
        assert!(!message.contains("\nBcc"), "a subject makes no further header: {message}");
    }

    #[test]
    fn who_is_not_there_is_tried_again_later() {
        let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let here = SmtpSettings { host: "127.0.0.1".to_owned(), port: free, security: Security::None, ..settings() };
        let error = Smtp::new(&here).unwrap().greet().unwrap_err();
        assert!(matches!(&error, MailError::Passing(why) if why.contains("cannot be reached")), "{error:?}");
    }
}
