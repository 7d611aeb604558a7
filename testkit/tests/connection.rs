//! The way to a PostgreSQL server: encrypted as its address says, and mended when it breaks.

use rcgen::{CertifiedKey, KeyPair};
use std::{path::Path, sync::Arc, time::Duration};
use store::{Db, StoreError, catalogue::Sql, size};
use testkit::{House, on_both};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _, copy_bidirectional},
    net::{TcpListener, TcpStream},
};
use tokio_rustls::{TlsAcceptor, rustls};

/// Only PostgreSQL has it, so it is not in the catalogue.
const END_OTHERS: &Sql = &Sql {
    name: "END_OTHERS",
    text: "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = current_database() AND pid <> pg_backend_pid()",
};

/// The server that tests have, and where it listens; `None` where there is none.
fn server() -> Option<(String, String)> {
    let address = std::env::var("ASPIRE_TEST_POSTGRES").ok()?;
    let host = address.rsplit_once('@')?.1.split('/').next()?.to_owned();
    Some((address, host))
}

/// Puts a door before the server that speaks TLS with this certificate; where it is.
async fn door(to: String, made: &CertifiedKey<KeyPair>) -> u16 {
    let key = rustls::pki_types::PrivateKeyDer::try_from(made.signing_key.serialize_der()).expect("a key");
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions of TLS")
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)
        .expect("a certificate");
    let (acceptor, listener) = (TlsAcceptor::from(Arc::new(config)), TcpListener::bind("127.0.0.1:0").await);
    let listener = listener.expect("a port");
    let port = listener.local_addr().expect("its number").port();
    tokio::spawn(async move {
        while let Ok((mut caller, _)) = listener.accept().await {
            let (acceptor, to) = (acceptor.clone(), to.clone());
            tokio::spawn(async move {
                // PostgreSQL's own question whether it may be encrypted, and yes.
                let mut asked = [0; 8];
                caller.read_exact(&mut asked).await.expect("a question");
                assert_eq!(asked[4..], 80_877_103_u32.to_be_bytes(), "it asks for TLS first");
                caller.write_all(b"S").await.expect("an answer");
                // Who does not trust us ends it here.
                let Ok(mut caller) = acceptor.accept(caller).await else { return };
                let mut server = TcpStream::connect(to).await.expect("the server");
                let _ = copy_bidirectional(&mut caller, &mut server).await;
            });
        }
    });
    port
}

fn certificate(folder: &Path, name: &str) -> (CertifiedKey<KeyPair>, String) {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).expect("a certificate");
    let path = folder.join(name);
    std::fs::write(&path, made.cert.pem()).expect("its file");
    (made, path.display().to_string())
}

async fn answers(address: &str) -> Result<String, String> {
    let db = Db::open(address).await.map_err(|error| error.to_string())?;
    let mut conn = db.read().await.map_err(|error| error.to_string())?;
    size::version(&mut conn).await.map_err(|error| error.to_string())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_says_how_it_is_encrypted_and_who_may_answer() {
    let Some((address, host)) = server() else { return };
    let folder = tempfile::tempdir().unwrap();
    let (ours, ours_pem) = certificate(folder.path(), "ours.pem");
    let (_, other_pem) = certificate(folder.path(), "other.pem");
    let port = door(host.clone(), &ours).await;
    let by_door = address.replace(&host, &format!("localhost:{port}"));
    // As it is wanted where nothing is said, where it has to be, and where it is checked.
    for how in ["", "?sslmode=require", &format!("?sslmode=verify-full&sslrootcert={ours_pem}")] {
        assert!(answers(&format!("{by_door}{how}")).await.unwrap().starts_with("PostgreSQL"), "{how}");
    }
    // Somebody else's certificate, and one that no authority has signed.
    for how in [format!("?sslmode=verify-full&sslrootcert={other_pem}"), "?sslmode=verify-full".to_owned()] {
        let why = answers(&format!("{by_door}{how}")).await.unwrap_err();
        assert!(why.contains("certificate"), "{how}: {why}");
    }
    // The name counts: the certificate is of localhost.
    let by_number = address.replace(&host, &format!("127.0.0.1:{port}"));
    let why = answers(&format!("{by_number}?sslmode=verify-full&sslrootcert={ours_pem}")).await.unwrap_err();
    assert!(why.contains("certificate"), "{why}");
    // The server itself speaks no TLS.
    assert!(answers(&format!("{address}?sslmode=prefer")).await.is_ok());
    assert!(answers(&format!("{address}?sslmode=require")).await.unwrap_err().contains("TLS"));
    let why = answers(&format!("{address}?sslmode=perhaps")).await.unwrap_err();
    assert_eq!(why, "sslmode is ‘perhaps’; expected disable, prefer, require or verify-full");
    let missing = answers(&format!("{address}?sslmode=verify-full&sslrootcert=/no/such.pem")).await.unwrap_err();
    assert!(missing.contains("/no/such.pem"), "{missing}");
}

#[tokio::test(flavor = "multi_thread")]
async fn connections_that_the_server_ended_are_made_anew() {
    let Some(house) = House::postgres().await else { return };
    let db = &house.world.db;
    for _ in 0..3 {
        // Both ways: one that readers share, and one of one's own.
        let mut tx = db.begin().await.unwrap();
        size::version(&mut tx).await.unwrap();
        let mut shared = db.read().await.unwrap();
        size::version(&mut shared).await.unwrap();
        tx.rows(END_OTHERS, Vec::new()).await.unwrap();
        assert!(size::version(&mut shared).await.is_err(), "it was ended");
        drop(shared);
        soon(db).await;
        db.read().await.unwrap().rows(END_OTHERS, Vec::new()).await.unwrap();
        assert!(size::version(&mut tx).await.is_err(), "and so was this");
        drop(tx);
        soon(db).await;
    }
}

/// The end of a connection is noticed a moment after the server has said it.
async fn soon(db: &Db) {
    let mut tries = 0;
    while !works(db).await {
        tries += 1;
        assert!(tries < 50, "still broken");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert!(works(db).await, "and it stays so");
}

async fn works(db: &Db) -> bool {
    let reads = async { size::version(&mut db.read().await?).await };
    let writes = async {
        let mut tx = db.begin().await?;
        size::version(&mut tx).await?;
        tx.commit().await
    };
    reads.await.is_ok() && writes.await.is_ok()
}

const NOTE: &Sql = &Sql {
    name: "NOTE",
    text: "INSERT INTO schema_migration (version, name, sha256, applied_at) VALUES ($1, 'noted', '', 0)",
};
const NOTED: &Sql =
    &Sql { name: "NOTED", text: "SELECT COUNT(*) FROM schema_migration WHERE name = 'noted' AND version >= $1" };

on_both! {
    what_nobody_waits_for_is_done_in_order_or_not_at_all
}

async fn what_nobody_waits_for_is_done_in_order_or_not_at_all(house: House) {
    let db = &house.world.db;
    let mut tx = db.begin().await.unwrap();
    // More of them than wait for each other.
    for version in 1_000..1_040 {
        tx.later(NOTE, vec![version.into()]).await.unwrap();
    }
    let seen = tx.row(NOTED, vec![1_000.into()]).await.unwrap().unwrap();
    assert_eq!(seen.int(0).unwrap(), 40, "a question comes after what waits");
    tx.later(NOTE, vec![2_000.into()]).await.unwrap();
    tx.commit().await.unwrap();
    // One fails, whenever that is found: then nothing was done.
    let mut tx = db.begin().await.unwrap();
    tx.execute(NOTE, vec![3_000.into()]).await.unwrap();
    let failed = async {
        tx.later(NOTE, vec![3_001.into()]).await?;
        tx.later(NOTE, vec![2_000.into()]).await?;
        tx.later(NOTE, vec![3_002.into()]).await?;
        tx.commit().await
    };
    assert!(matches!(failed.await, Err(StoreError::Conflict(_))));
    let mut conn = db.read().await.unwrap();
    let kept = conn.row(NOTED, vec![2_000.into()]).await.unwrap().unwrap();
    assert_eq!(kept.int(0).unwrap(), 1, "of what failed nothing is there");
}
