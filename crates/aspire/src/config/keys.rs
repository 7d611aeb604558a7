//! Every key, once: what it means, what it takes, what holds without it.
//!
//! Reading, `aspire config check`, `deploy/aspire.toml` and
//! `docs/configuration.md` all go by this table.

/// What a key takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Where browsers find this Aspire: `https://aspire.example.org`.
    Site,
    /// Address and port on this machine.
    Listen,
    /// `sqlite:PATH` or `postgres://…`.
    Database,
    /// True or false.
    Flag,
    /// A whole number between two.
    Number(u64, u64),
    /// Directives of the log.
    Filter,
    /// A file's path.
    Path,
    /// One of a few words.
    Word(&'static [&'static str]),
    /// A name of a machine.
    Host,
    /// Network addresses, with commas between.
    Networks,
    /// Whom letters are from.
    Mailbox,
    /// An address that begins with `https://`.
    Https,
    /// Any text that is not empty.
    Text,
}

impl Kind {
    /// What is expected, as it stands after ‘expected’.
    pub(crate) fn expected(self) -> String {
        match self {
            Self::Site => "an address of a scheme and a name only, ‘https://aspire.example.org’".to_owned(),
            Self::Listen => "an address and a port, ‘127.0.0.1:8080’ or ‘[::1]:8080’".to_owned(),
            Self::Database => "‘sqlite:PATH’ or ‘postgres://USER@HOST/NAME’".to_owned(),
            Self::Flag => "true or false".to_owned(),
            Self::Number(least, most) => format!("a whole number from {least} to {most}"),
            Self::Filter => "a level (error, warn, info, debug, trace) or directives, ‘info,store=warn’".to_owned(),
            Self::Path => "the path of a file".to_owned(),
            Self::Word(words) => {
                let quoted: Vec<String> = words.iter().map(|word| format!("‘{word}’")).collect();
                format!("one of {}", quoted.join(", "))
            }
            Self::Host => "the name of a machine, ‘mail.example.org’".to_owned(),
            Self::Networks => "network addresses with commas between, ‘10.0.0.5, 10.0.0.6’".to_owned(),
            Self::Mailbox => "an e-mail address, ‘Aspire <aspire@example.org>’".to_owned(),
            Self::Https => "an address that begins with ‘https://’".to_owned(),
            Self::Text => "a text that is not empty".to_owned(),
        }
    }
}

/// A key.
#[derive(Debug)]
pub(crate) struct Key {
    /// Its path in the file: `smtp.port`. Keys of `[[oidc]]` begin with `oidc.`.
    pub(crate) path: &'static str,
    /// What it takes.
    pub(crate) kind: Kind,
    /// What it means, in a sentence or two.
    pub(crate) meaning: &'static str,
    /// What holds where it is not given, in words; empty where nothing does.
    pub(crate) default: &'static str,
    /// An example, as it stands in the file.
    pub(crate) example: &'static str,
    /// The flag of the command line that says the same.
    pub(crate) flag: Option<&'static str>,
    /// It is not shown to anybody.
    pub(crate) secret: bool,
}

impl Key {
    /// The section it stands in; empty for the first keys of the file.
    pub(crate) fn section(&self) -> &'static str {
        self.path.split_once('.').map_or("", |(section, _)| section)
    }

    /// Its name within the section.
    pub(crate) fn name(&self) -> &'static str {
        self.path.split_once('.').map_or(self.path, |(_, name)| name)
    }

    /// The environment variable that overrides it. `ID` stands for a provider's id.
    pub(crate) fn env(&self) -> String {
        let path = if self.section() == "oidc" { format!("oidc.ID.{}", self.name()) } else { self.path.to_owned() };
        format!("ASPIRE_{}", path.to_uppercase().replace('.', "_"))
    }

    /// The key with this path.
    pub(crate) fn of(path: &str) -> Option<&'static Self> {
        KEYS.iter().find(|key| key.path == path)
    }
}

/// The sections, in the order of the file, with what they are for.
pub(crate) const SECTIONS: &[(&str, &str)] = &[
    ("", "Where it is found, where it keeps what it knows."),
    (
        "tls",
        "TLS by Aspire itself. Without this section it speaks plain HTTP, and a proxy in front does TLS. Both files are read anew on SIGHUP and when they change.",
    ),
    ("smtp", "The mail server by which letters go: invitations, reminders. Without it, none are sent."),
    ("worker", "Work that is done apart from pages: letters, imports, reminders."),
    (
        "oidc",
        "Signing in with an account of another organisation (OpenID Connect). One section a provider; there may be several.",
    ),
    ("retention", "How long what is kept."),
];

const fn key(path: &'static str, kind: Kind, meaning: &'static str) -> Key {
    Key { path, kind, meaning, default: "", example: "", flag: None, secret: false }
}

impl Key {
    const fn or(self, default: &'static str) -> Self {
        Self { default, ..self }
    }

    const fn such_as(self, example: &'static str) -> Self {
        Self { example, ..self }
    }

    const fn flag(self, flag: &'static str) -> Self {
        Self { flag: Some(flag), ..self }
    }

    const fn secret(self) -> Self {
        Self { secret: true, ..self }
    }
}

/// Every key, in the order of the file.
pub(crate) const KEYS: &[Key] = &[
    key("address", Kind::Site, "Where browsers find this Aspire. Links in letters begin with it, and providers of sign-in send people back to it.")
        .or("http://127.0.0.1:8080; needed where [smtp] or [[oidc]] is given")
    .such_as("\"https://aspire.example.org\""),
    key("listen", Kind::Listen, "Address and port on this machine. 0.0.0.0 or [::] takes calls from everywhere.")
        .or("127.0.0.1:8080")
        .such_as("\"127.0.0.1:8080\"")
        .flag("--listen"),
    key("database", Kind::Database, "The database: a file, or a PostgreSQL server that several nodes share.")
        .or("sqlite:aspire.db")
        .such_as("\"sqlite:/var/lib/aspire/aspire.db\"")
        .flag("--database")
        .secret(),
    key("database_file", Kind::Path, "A file whose first line is the database, where it holds a password.")
        .such_as("\"/etc/aspire/database\""),
    key("https", Kind::Flag, "Browsers reach it by https: cookies are sent over nothing else, and browsers are told to use nothing else.")
        .or("true where address begins with https:// or [tls] is given, else false")
        .such_as("true")
        .flag("--https"),
    key("proxies", Kind::Networks, "Proxies on other machines whose X-Forwarded-For is believed. One on this machine always is; whatever anybody else says there is not.")
        .such_as("\"10.0.0.5\""),
    key("largest_upload", Kind::Number(1, 100_000), "The largest file that a page takes, in megabytes.")
        .or("256")
        .such_as("256")
        .flag("--largest-upload"),
    key("log", Kind::Filter, "What `aspire serve` writes to standard error. ‘info’ is a line for each request; ‘warn’ is only what went wrong.")
        .or("info")
        .such_as("\"info\""),
    key("tls.certificate", Kind::Path, "The certificate and those that vouch for it, PEM, its own first.")
        .such_as("\"/etc/aspire/fullchain.pem\""),
    key("tls.key", Kind::Path, "The certificate’s private key, PEM, not encrypted.").such_as("\"/etc/aspire/privkey.pem\""),
    key("smtp.host", Kind::Host, "Its name, which its certificate must carry.").such_as("\"mail.example.org\""),
    key("smtp.port", Kind::Number(1, 65_535), "Its port.")
        .or("465 for tls, 587 for starttls, 25 for none")
        .such_as("465"),
    key("smtp.security", Kind::Word(&["tls", "starttls", "none"]), "Encryption: from the first byte, after STARTTLS, or none, which is for a server on this machine.")
        .or("tls")
        .such_as("\"tls\""),
    key("smtp.user", Kind::Text, "The user, where the server wants one.").such_as("\"aspire\""),
    key("smtp.password", Kind::Text, "Their password.").such_as("\"…\"").secret(),
    key("smtp.password_file", Kind::Path, "A file whose first line is the password.").such_as("\"/etc/aspire/smtp-password\""),
    key("smtp.from", Kind::Mailbox, "Whom letters are from; needed where host is given.")
        .such_as("\"Aspire <aspire@example.org>\""),
    key("worker.inside", Kind::Flag, "`aspire serve` does it, beside the pages; false where `aspire work` does it.")
        .or("true")
        .such_as("true")
        .flag("--no-worker"),
    key("oidc.id", Kind::Text, "Its short name in addresses and in the database: small letters, digits, hyphens. It never changes.")
        .such_as("\"dfe-sign-in\""),
    key("oidc.preset", Kind::Word(&["generic", "dfe-sign-in", "microsoft", "google"]), "What kind it is.")
        .or("generic")
        .such_as("\"dfe-sign-in\""),
    key("oidc.name", Kind::Text, "What the button says.")
        .or("the preset’s name; needed for generic")
        .such_as("\"DfE Sign-in\""),
    key("oidc.issuer", Kind::Https, "The issuer’s address.")
        .or("the preset’s; needed for generic and microsoft")
        .such_as("\"https://oidc.signin.education.gov.uk\""),
    key("oidc.client_id", Kind::Text, "Our name there.").such_as("\"aspire\""),
    key("oidc.client_secret", Kind::Text, "Our secret there, where there is one.").such_as("\"…\"").secret(),
    key("oidc.client_secret_file", Kind::Path, "A file whose first line is the secret.")
        .such_as("\"/etc/aspire/oidc-secret\""),
    key("retention.file", Kind::Path, "A file of periods that stands in for the one that comes with Aspire.")
        .such_as("\"/etc/aspire/retention.json\""),
];
