//! SQLite in a file, on one thread.

use super::*;
use crate::{Db, Row};

async fn open(folder: &tempfile::TempDir) -> Db {
    let db = Db::open(&format!("sqlite:{}", folder.path().join("a.db").display())).await.unwrap();
    let mut tx = db.begin().await.unwrap();
    let table = "CREATE TABLE IF NOT EXISTS school (id BIGINT PRIMARY KEY, name TEXT NOT NULL, share DOUBLE PRECISION, open BOOLEAN)";
    tx.execute_of(table, Vec::new()).await.unwrap();
    tx.commit().await.unwrap();
    db
}

async fn insert(tx: &mut crate::Tx, id: i64) -> Result<u64, StoreError> {
    // Its parameters stand in another order than their numbers.
    let sql = "INSERT INTO school (name, share, id, open) VALUES ($2, $3, $1, $4)";
    tx.execute_of(sql, vec![id.into(), "St Mary’s".into(), 0.5.into(), true.into()]).await
}

async fn all(db: &Db) -> Vec<Row> {
    let mut conn = db.read().await.unwrap();
    conn.rows_of("SELECT id, name, share, open, NULL FROM school ORDER BY id", Vec::new()).await.unwrap()
}

#[tokio::test]
async fn a_cell_is_what_it_was_written_as_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let db = open(&folder).await;
    let mut tx = db.begin().await.unwrap();
    assert_eq!(insert(&mut tx, 7).await.unwrap(), 1);
    assert!(matches!(insert(&mut tx, 7).await, Err(StoreError::Conflict(_))));
    let none = tx.execute_of("UPDATE school SET name = $1 WHERE id = $2", vec!["x".into(), 8.into()]).await;
    assert_eq!(none.unwrap(), 0);
    tx.execute_of("DELETE FROM school WHERE id = $1", Vec::new()).await.unwrap_err();
    tx.commit().await.unwrap();
    let rows = all(&db).await;
    let row = &rows[0];
    assert_eq!((row.int(0).unwrap(), row.str(1).unwrap(), row.text(1).unwrap()), (7, "St Mary’s", "St Mary’s".into()));
    assert_eq!((row.real(2).unwrap(), row.flag(3).unwrap(), row.opt_text(4).unwrap()), (0.5, true, None));
    assert_eq!(row.json().unwrap(), [7.into(), "St Mary’s".into(), 0.5.into(), 1.into(), serde_json::Value::Null]);
    for wrong in [row.text(0).err(), row.int(1).err(), row.int(4).err(), row.real(0).err(), row.str(5).err()] {
        assert!(matches!(wrong, Some(StoreError::Unreadable { .. })), "{wrong:?}");
    }
}

#[tokio::test]
async fn a_transaction_that_is_dropped_leaves_nothing_and_no_lock() {
    let folder = tempfile::tempdir().unwrap();
    let db = open(&folder).await;
    let mut tx = db.begin().await.unwrap();
    insert(&mut tx, 1).await.unwrap();
    drop(tx);
    let mut tx = db.begin().await.unwrap();
    insert(&mut tx, 2).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(all(&db).await.iter().map(|row| row.int(0).unwrap()).collect::<Vec<_>>(), [2]);
    let mut snapshot = db.snapshot().await.unwrap();
    let count = "SELECT COUNT(*) FROM school";
    assert_eq!(snapshot.rows_of(count, Vec::new()).await.unwrap()[0].int(0).unwrap(), 1);
    let mut tx = db.begin().await.unwrap();
    insert(&mut tx, 3).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(snapshot.rows_of(count, Vec::new()).await.unwrap()[0].int(0).unwrap(), 1);
    let mut reader = db.read().await.unwrap();
    reader.execute_of("DELETE FROM school", Vec::new()).await.unwrap_err();
    drop((snapshot, reader));
    db.close().await;
    assert!(db.read().await.is_err());
    assert!(!folder.path().join("a.db-wal").exists(), "the log was moved into the file");
}

#[tokio::test]
async fn whoever_waits_for_the_writer_gets_it_and_closing_waits_for_all() {
    let folder = tempfile::tempdir().unwrap();
    let db = open(&folder).await;
    let held = db.begin().await.unwrap();
    let all: Vec<_> = (0..50)
        .map(|id| {
            let db = db.clone();
            tokio::spawn(async move {
                let mut tx = db.begin().await.unwrap();
                tokio::task::yield_now().await;
                insert(&mut tx, id).await.unwrap();
                tx.commit().await.unwrap();
            })
        })
        .collect();
    // Those who give up take no turn of the others.
    for given_up in all.iter().step_by(10) {
        tokio::task::yield_now().await;
        given_up.abort();
    }
    drop(held);
    for one in all {
        let _ = one.await;
    }
    assert_eq!(super::tests::all(&db).await.len(), 45);
    let (reader, closing) = (db.read().await.unwrap(), db.clone());
    let mut closing = std::pin::pin!(closing.close());
    tokio::select! {
        () = &mut closing => panic!("a connection is still in use"),
        () = tokio::time::sleep(Duration::from_millis(20)) => {}
    }
    drop(reader);
    closing.await;
}

#[tokio::test]
async fn who_waits_for_another_process_holds_up_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let (ours, other) = (open(&folder).await, open(&folder).await);
    let mut tx = other.begin().await.unwrap();
    insert(&mut tx, 1).await.unwrap();
    let mut waiting = std::pin::pin!(ours.begin());
    // One thread: were the lock waited for within SQLite, nobody could read meanwhile.
    tokio::select! {
        _ = &mut waiting => panic!("two write at once"),
        () = async { assert!(all(&ours).await.is_empty()) } => {}
    }
    let file = File::open(&folder.path().join("a.db")).await.unwrap();
    let given_up = file.writer.lend().await.unwrap().begin(2 * LOOK_AGAIN).await;
    assert!(matches!(given_up, Err(StoreError::Locked)), "{given_up:?}");
    tx.commit().await.unwrap();
    let mut tx = waiting.await.unwrap();
    insert(&mut tx, 2).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(all(&other).await.len(), 2);
}

#[cfg(unix)]
#[tokio::test]
async fn nobody_else_on_the_machine_may_read_it() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let db = open(&folder).await;
    for name in ["a.db", "a.db-wal", "a.db-shm"] {
        let mode = std::fs::metadata(folder.path().join(name)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
    db.close().await;
}
