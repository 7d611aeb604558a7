//! The configuration: who overrides whom, and that everything wrong is told.

use super::{
    Env, Flags,
    check::without_password,
    env, example,
    given::{Secret, Section},
    keys::{KEYS, Kind, SECTIONS},
    load,
    reader::Reader,
    table,
    typed::{Security, provider, whole},
};
use std::path::PathBuf;

const WHOLE: &str = r#"
address = "https://aspire.example.org"
listen = "0.0.0.0:8443"
database = "postgres://aspire:secret@db.example.org/aspire"
proxies = "10.0.0.5, fd00::1"
largest_upload = 1_000
log = "info,store=warn"
[tls]
certificate = "/etc/aspire/fullchain.pem"
key = "/etc/aspire/privkey.pem"
[smtp]
host = "mail.example.org"
security = "starttls"
user = "aspire"
password_file = "/etc/aspire/smtp-password"
from = "Aspire <aspire@example.org>"
[worker]
inside = false
[[oidc]]
id = "dfe-sign-in"
preset = "dfe-sign-in"
client_id = "aspire"
[[oidc]]
id = "county"
name = "County account"
issuer = "https://login.example.org/realm"
client_id = "aspire"
client_secret = "hidden"
[retention]
file = "/etc/aspire/retention.json"
"#;

fn env_of(pairs: &[(&str, &str)]) -> Env {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

/// A file with this text, and the flags that name it.
fn file(text: &str) -> (tempfile::TempDir, Flags) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("aspire.toml");
    std::fs::write(&path, text).unwrap();
    (folder, Flags { config: Some(path), ..Flags::default() })
}

/// Everything that is wrong with this file, without the folder's name.
fn wrong(text: &str, env: &[(&str, &str)]) -> Vec<String> {
    let (folder, flags) = file(text);
    let error = load(&flags, &env_of(env)).map(|_| ()).unwrap_err().to_string();
    let folder = format!("{}/", folder.path().display());
    error.lines().skip(1).map(|line| line.trim().replace(&folder, "")).collect()
}

#[test]
fn a_whole_file_is_taken() {
    let (_folder, flags) = file(WHOLE);
    let config = load(&flags, &Env::new()).unwrap().config;
    assert_eq!(config.address.as_deref(), Some("https://aspire.example.org"));
    assert_eq!(config.listen.to_string(), "0.0.0.0:8443");
    assert_eq!(config.largest_upload, 1_000 * 1024 * 1024);
    let proxies: Vec<String> = config.proxies.iter().map(ToString::to_string).collect();
    assert_eq!(proxies, ["10.0.0.5", "fd00::1"]);
    assert!(config.https && !config.worker_inside);
    let smtp = config.smtp.as_ref().unwrap();
    assert_eq!((smtp.port, smtp.security), (587, Security::StartTls));
    assert_eq!(smtp.password, Some(Secret::File(PathBuf::from("/etc/aspire/smtp-password"))));
    let ids: Vec<&str> = config.oidc.iter().map(|provider| provider.id.as_str()).collect();
    assert_eq!(ids, ["dfe-sign-in", "county"]);
    assert_eq!(config.oidc[1].client_secret, Some(Secret::Here("hidden".into())));
    assert!(!format!("{config:?}").contains("hidden"), "secrets are not printed");
}

#[test]
fn nothing_given_is_enough() {
    let (_folder, flags) = file("");
    let config = load(&flags, &Env::new()).unwrap().config;
    assert_eq!((config.database.as_str(), config.listen.to_string().as_str()), ("sqlite:aspire.db", "127.0.0.1:8080"));
    assert!(!config.https && config.worker_inside && config.smtp.is_none() && config.tls.is_none());
    assert_eq!(config.log, "info");
}

#[test]
fn the_environment_goes_before_the_file_and_flags_before_both() {
    let (_folder, flags) = file(WHOLE);
    let env = env_of(&[
        ("ASPIRE_LISTEN", "127.0.0.1:1"),
        ("ASPIRE_LARGEST_UPLOAD", "5"),
        ("ASPIRE_SMTP_PASSWORD", "from the environment"),
        ("ASPIRE_OIDC_DFE_SIGN_IN_CLIENT_SECRET", "theirs"),
        ("ASPIRE_OIDC_NEW_ONE_PRESET", "google"),
        ("ASPIRE_OIDC_NEW_ONE_CLIENT_ID", "aspire"),
    ]);
    let flags = Flags { listen: Some("127.0.0.1:2".into()), database: Some("sqlite:x.db".into()), ..flags };
    let config = load(&flags, &env).unwrap().config;
    assert_eq!((config.listen.to_string().as_str(), config.database.as_str()), ("127.0.0.1:2", "sqlite:x.db"));
    assert_eq!(config.largest_upload, 5 * 1024 * 1024);
    let password = config.smtp.unwrap().password.unwrap();
    assert_eq!(password.reveal().unwrap(), "from the environment", "though the file names a password_file");
    assert_eq!(config.oidc[0].client_secret, Some(Secret::Here("theirs".into())));
    assert_eq!((config.oidc[2].id.as_str(), config.oidc[2].preset.as_str()), ("new-one", "google"));
}

#[test]
fn everything_wrong_is_told_at_once_with_its_place() {
    let text = "lisen = \"127.0.0.1:80\"\nlargest_upload = 0\nhttps = \"true\"\nlog = \"inof\"\n\n[smpt]\nhost = \"x\"\n\n[smtp]\nprot = 465\nsecurity = \"ssl\"\npassword = 7\n";
    assert_eq!(
        wrong(text, &[("ASPIRE_LISTEN", "here")]),
        [
            "aspire.toml, line 1: there is no key ‘lisen’; did you mean ‘listen’?",
            "aspire.toml, line 2: largest_upload is ‘0’; expected a whole number from 1 to 100000",
            "aspire.toml, line 3: https is ‘\"true\"’; expected true or false, without quotation marks",
            "aspire.toml, line 4: log is ‘inof’; expected a level (error, warn, info, debug, trace) or directives, ‘info,store=warn’",
            "aspire.toml, line 6: there is no section [smpt]; did you mean ‘smtp’?",
            "aspire.toml, line 10: there is no key ‘smtp.prot’; did you mean ‘smtp.port’?",
            "aspire.toml, line 11: smtp.security is ‘ssl’; expected one of ‘tls’, ‘starttls’, ‘none’",
            "aspire.toml, line 12: smtp.password is not one; expected a text that is not empty, in quotation marks",
            "ASPIRE_LISTEN: listen is ‘here’; expected an address and a port, ‘127.0.0.1:8080’ or ‘[::1]:8080’",
        ]
    );
}

#[test]
fn what_is_no_toml_is_told_by_line() {
    let told = wrong("listen = \"127.0.0.1:80\"\nlog = \n", &[]);
    assert!(told[0].starts_with("aspire.toml, line 2: this is not TOML:"), "{told:?}");
}

#[test]
fn what_belongs_together_is_asked_for() {
    let one = |text: &str| wrong(text, &[]).join("\n");
    assert!(one("[tls]\nkey = \"k\"\n").starts_with("aspire.toml, line 2: tls.certificate is missing"));
    assert!(one("[smtp]\nhost = \"h\"\n").contains("smtp.from is missing"));
    assert!(one("[smtp]\nhost = \"h\"\nfrom = \"a@b\"\nuser = \"u\"\n").contains("smtp.password is missing"));
    let both = "[smtp]\nhost = \"h\"\nfrom = \"a@b\"\nuser = \"u\"\npassword = \"p\"\npassword_file = \"f\"\n";
    assert!(one(both).contains("smtp.password is given, and smtp.password_file too"));
    let open = "[smtp]\nhost = \"h\"\nfrom = \"a@b\"\nuser = \"u\"\npassword = \"p\"\nsecurity = \"none\"\n";
    assert!(one(open).contains("not sent unencrypted"));
    assert!(one("https = false\n[tls]\ncertificate = \"c\"\nkey = \"k\"\n").contains("https is ‘false’"));
    assert!(one("https = true\naddress = \"http://a.example\"\n").contains("expected ‘https://…’"));
    assert!(one("[smtp]\nhost = \"h\"\nfrom = \"a@b\"\n").contains("line 2: address is missing"));
    let google = "[[oidc]]\nid = \"g\"\npreset = \"google\"\nclient_id = \"c\"\n";
    assert!(one(google).contains("line 2: address is missing"));
    assert!(one("[[oidc]]\nid = \"a\"\nclient_id = \"c\"\n").contains("oidc.issuer is missing"));
    let twice = "[[oidc]]\nid = \"g\"\npreset = \"google\"\nclient_id = \"c\"\n".repeat(2);
    assert!(one(&twice).contains("aspire.toml, line 6: there are two providers with the id ‘g’"));
    assert!(one("[[oidc]]\nid = \"A b\"\npreset = \"google\"\nclient_id = \"c\"\n").contains("small letters"));
    assert!(one("[oidc]\nid = \"a\"\n").contains("[[oidc]]"));
}

#[test]
fn a_secret_s_first_line_is_the_secret() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("secret");
    let secret = Secret::File(path.clone());
    assert!(secret.reveal().unwrap_err().contains("secret: No such file"));
    std::fs::write(&path, "\n").unwrap();
    assert!(secret.reveal().unwrap_err().contains("is empty"));
    std::fs::write(&path, "postgres://u:p@h/n\r\nnext\n").unwrap();
    assert_eq!(secret.reveal().unwrap(), "postgres://u:p@h/n");
    let (_folder, flags) = file("");
    let env = env_of(&[("ASPIRE_DATABASE_FILE", path.to_str().unwrap())]);
    assert_eq!(load(&flags, &env).unwrap().config.database, "postgres://u:p@h/n");
    std::fs::write(&path, "u:p@h").unwrap();
    let error = load(&flags, &env).map(|_| ()).unwrap_err().to_string();
    assert!(
        error.contains("ASPIRE_DATABASE_FILE") && error.contains("no database") && !error.contains("u:p"),
        "{error}"
    );
}

#[test]
fn a_file_that_is_named_has_to_be_there() {
    let env = env_of(&[("ASPIRE_CONFIG", "/nowhere/aspire.toml")]);
    let error = load(&Flags::default(), &env).map(|_| ()).unwrap_err().to_string();
    assert!(error.contains("ASPIRE_CONFIG: the file /nowhere/aspire.toml cannot be read"), "{error}");
}

#[test]
fn a_mistyped_variable_is_noticed() {
    let unknown = env::unknown(&env_of(&[("ASPIRE_LISTN", "x"), ("ASPIRE_ADMIN_EMAIL", "x"), ("ASPIRE_TEST_X", "x")]));
    assert_eq!(unknown, ["ASPIRE_LISTN is set, and nothing reads it; did you mean ‘ASPIRE_LISTEN’?"]);
}

#[test]
fn a_database_s_password_is_not_shown() {
    for (database, shown) in [
        ("sqlite:/var/lib/aspire/aspire.db", "sqlite:/var/lib/aspire/aspire.db"),
        ("postgres://a:b@h/n", "postgres://a:••••••@h/n"),
        ("postgres://a:b@c@h/n?password=x", "postgres://a:••••••@h/n?…"),
        ("postgres://a@h/n", "postgres://a@h/n"),
        ("postgres://h/n", "postgres://h/n"),
    ] {
        assert_eq!(without_password(database), shown);
    }
}

#[test]
fn every_key_is_read_and_belongs_to_a_section() {
    let nothing = Section::new();
    let mut plain = Reader::of(&nothing);
    whole(&mut plain);
    let mut of_provider = Reader::of(&nothing);
    provider(&mut of_provider, &nothing);
    for key in KEYS {
        let asked = if key.section() == "oidc" { &of_provider.asked } else { &plain.asked };
        assert!(asked.iter().any(|path| path == key.path), "{} is read by nobody", key.path);
        assert!(SECTIONS.iter().any(|(section, _)| *section == key.section()), "{}", key.path);
        assert!(!key.meaning.is_empty() && !key.example.is_empty(), "{}", key.path);
        assert!(!key.meaning.contains('|') && !key.kind.expected().contains('|'), "{} breaks its table", key.path);
    }
    for path in plain.asked.iter().chain(&of_provider.asked) {
        assert!(KEYS.iter().any(|key| key.path == *path), "{path} is not in the table");
    }
}

#[test]
fn every_example_is_what_its_key_takes() {
    for key in KEYS.iter().filter(|key| key.section() != "oidc" && !matches!(key.kind, Kind::Path)) {
        let text = match key.section() {
            "" => format!("{} = {}\n", key.name(), key.example),
            section => format!("[{section}]\n{} = {}\n", key.name(), key.example),
        };
        let (_folder, flags) = file(&text);
        if let Err(error) = load(&flags, &Env::new()) {
            let error = error.to_string();
            assert!(error.contains("missing"), "{}: {error}", key.path);
        }
    }
}

#[test]
fn the_example_and_the_document_are_those_of_the_table() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    let written = std::fs::read_to_string(root.join("deploy/aspire.toml")).unwrap();
    assert!(written == example(), "deploy/aspire.toml: write it anew with ‘aspire config example’");
    let document = std::fs::read_to_string(root.join("docs/configuration.md")).unwrap();
    assert!(document.contains(&table()), "docs/configuration.md: put in what ‘aspire config keys’ prints");
    let (_folder, flags) = file(&written);
    assert!(load(&flags, &Env::new()).is_ok(), "the example sets nothing, and holds");
}
