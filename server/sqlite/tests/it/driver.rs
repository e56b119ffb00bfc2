//! Folders, files, threads and transactions.

use std::fs;
use std::sync::Arc;
use std::time::Duration;

use prisma_connector::{ConnectorError, Value};
use prisma_sql::{Access, Connection, Driver, Host as _, Job, Statement, Violation};
use prisma_sqlite::{SqliteConnection, SqliteDriver, SqliteHost, SqliteOptions};
use tempfile::TempDir;

use crate::read::world::wait;
use crate::write_world::at_once;

/// A job that is a closure over statements.
struct Run<F>(F);

impl<F, T> Job<SqliteConnection> for Run<F>
where
    F: FnOnce(&mut SqliteConnection) -> Result<T, ConnectorError> + Send + 'static,
    T: Send + 'static,
{
    type Output = T;

    async fn run(self, connection: &mut SqliteConnection) -> Result<T, ConnectorError> {
        (self.0)(connection)
    }
}

/// The same, and known to be short.
struct Short<F>(F);

impl<F, T> Job<SqliteConnection> for Short<F>
where
    F: FnOnce(&mut SqliteConnection) -> Result<T, ConnectorError> + Send + 'static,
    T: Send + 'static,
{
    type Output = T;

    fn is_short(&self) -> bool {
        true
    }

    async fn run(self, connection: &mut SqliteConnection) -> Result<T, ConnectorError> {
        (self.0)(connection)
    }
}

fn statement(text: &str) -> Statement {
    Statement { text: text.into() }
}

fn execute(connection: &mut SqliteConnection, text: &str) -> Result<u64, ConnectorError> {
    at_once(connection.run(&statement(text), &[]))
}

fn count(connection: &mut SqliteConnection) -> i64 {
    let mut count = -1;
    at_once(
        connection.each(&statement("SELECT COUNT(*) FROM T"), &[], &mut |row| {
            if let prisma_sql::Cell::Int(number) = row.cell(0) {
                count = number;
            }
            Ok(())
        }),
    )
    .unwrap();
    count
}

fn with<T: Send + 'static>(
    driver: &SqliteDriver,
    access: Access,
    job: impl FnOnce(&mut SqliteConnection) -> Result<T, ConnectorError> + Send + 'static,
) -> Result<T, ConnectorError> {
    wait(driver.with(access, Run(job)))
}

fn folder() -> (TempDir, SqliteHost) {
    let folder = tempfile::tempdir().unwrap();
    let host = SqliteHost::folder(folder.path(), SqliteOptions::default()).unwrap();
    (folder, host)
}

fn table(host: &SqliteHost) -> Arc<SqliteDriver> {
    wait(host.create("db")).unwrap();
    let driver = host.open("db").unwrap();
    with(&driver, Access::Write, |connection| {
        execute(connection, "CREATE TABLE T (x UNIQUE)")
    })
    .unwrap();
    driver
}

fn names(folder: &TempDir) -> Vec<String> {
    let files = fs::read_dir(folder.path()).unwrap();
    let mut names: Vec<String> = files
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn a_failed_write_leaves_nothing() {
    for host in [folder().1, SqliteHost::memory()] {
        let driver = table(&host);
        let failed = with(&driver, Access::Write, |connection| {
            execute(connection, "INSERT INTO T VALUES (1)")?;
            execute(connection, "INSERT INTO T VALUES (1)")
        });
        let Err(ConnectorError::Internal(error)) = failed else {
            panic!("{failed:?}");
        };
        let violation = error.downcast_ref::<Violation>();
        assert_eq!(
            violation,
            Some(&Violation::Unique {
                key: None,
                columns: vec!["x".to_owned()],
            })
        );
        assert_eq!(
            with(&driver, Access::Read, |connection| Ok(count(connection))).unwrap(),
            0
        );
    }
}

#[test]
fn a_panicking_job_costs_its_caller_only() {
    let (_folder, host) = folder();
    let driver = table(&host);
    for access in [Access::Write, Access::Snapshot] {
        for _ in 0..8 {
            let lost = with(&driver, access, |connection| -> Result<(), _> {
                let _ = execute(connection, "INSERT INTO T VALUES (7)");
                panic!("on purpose");
            });
            assert!(lost.is_err());
        }
    }
    assert_eq!(
        with(&driver, Access::Snapshot, |connection| Ok(count(
            connection
        )))
        .unwrap(),
        0
    );
    with(&driver, Access::Write, |connection| {
        execute(connection, "INSERT INTO T VALUES (7)")
    })
    .unwrap();
}

#[test]
fn a_short_job_runs_where_it_is_asked_unless_it_has_to_wait() {
    let (_folder, host) = folder();
    let driver = table(&host);
    let thread = |driver: &SqliteDriver| {
        let job = Short(|_: &mut SqliteConnection| Ok(std::thread::current().id()));
        wait(driver.with(Access::Write, job)).unwrap()
    };
    let here = std::thread::current().id();
    assert_eq!(thread(&driver), here);
    let busy = Arc::clone(&driver);
    let late = with(&driver, Access::Write, move |_| {
        let late = std::thread::spawn(move || (thread(&busy), std::thread::current().id()));
        std::thread::sleep(Duration::from_millis(50));
        Ok(late)
    });
    let (ran, asked) = late.unwrap().join().unwrap();
    assert_ne!(ran, asked);
    assert_eq!(thread(&driver), here);
}

#[test]
fn a_short_job_that_panics_leaves_nothing() {
    let (_folder, host) = folder();
    let driver = table(&host);
    let lost = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        let job = Short(|connection: &mut SqliteConnection| -> Result<(), _> {
            let _ = execute(connection, "INSERT INTO T VALUES (7)");
            panic!("on purpose");
        });
        wait(driver.with(Access::Write, job))
    }));
    assert!(lost.is_err());
    let count = with(&driver, Access::Write, |connection| Ok(count(connection)));
    assert_eq!(count.unwrap(), 0);
}

#[test]
fn readers_do_not_write_and_see_one_state() {
    let (_folder, host) = folder();
    let driver = table(&host);
    let written = with(&driver, Access::Read, |connection| {
        execute(connection, "INSERT INTO T VALUES (1)")
    });
    assert!(written.is_err());
    let writer = Arc::clone(&driver);
    let seen = with(&driver, Access::Snapshot, move |connection| {
        let before = count(connection);
        std::thread::spawn(move || {
            with(&writer, Access::Write, |connection| {
                execute(connection, "INSERT INTO T VALUES (1)")
            })
        })
        .join()
        .unwrap()?;
        Ok((before, count(connection)))
    });
    assert_eq!(seen.unwrap(), (0, 0));
    assert_eq!(
        with(&driver, Access::Read, |connection| Ok(count(connection))).unwrap(),
        1
    );
}

#[test]
fn dropping_a_database_removes_its_files() {
    let (folder, host) = folder();
    let driver = table(&host);
    assert!(
        names(&folder).contains(&"db.db-wal".to_owned()),
        "{:?}",
        names(&folder)
    );
    wait(prisma_sql::Host::drop(&host, "db")).unwrap();
    assert_eq!(names(&folder), Vec::<String>::new());
    let late = with(&driver, Access::Read, |connection| Ok(count(connection)));
    assert!(
        matches!(late, Err(ConnectorError::Unavailable(_))),
        "{late:?}"
    );
    wait(prisma_sql::Host::drop(&host, "db")).unwrap();
    // A new one by the same name is empty.
    table(&host);
}

#[test]
fn the_end_of_the_host_leaves_plain_files() {
    let (folder, host) = folder();
    let driver = table(&host);
    with(&driver, Access::Write, |connection| {
        execute(connection, "INSERT INTO T VALUES (1)")
    })
    .unwrap();
    with(&driver, Access::Read, |connection| Ok(count(connection))).unwrap();
    drop(driver);
    drop(host);
    assert_eq!(names(&folder), ["db.db"]);
    let host = SqliteHost::folder(folder.path(), SqliteOptions::default()).unwrap();
    let driver = host.open("db").unwrap();
    assert_eq!(
        with(&driver, Access::Read, |connection| Ok(count(connection))).unwrap(),
        1
    );
}

#[test]
fn a_database_that_was_not_made_is_not_opened() {
    let (folder, host) = folder();
    assert!(host.open("db").is_err());
    assert_eq!(names(&folder), Vec::<String>::new());
}

#[test]
fn names_stay_in_the_folder() {
    let (folder, host) = folder();
    for name in ["../out", "a/b", "..", "a\\b", "", "c:d"] {
        wait(host.create(name)).unwrap();
    }
    assert_eq!(names(&folder).len(), 6, "{:?}", names(&folder));
    assert!(!folder.path().parent().unwrap().join("out.db").exists());
    wait(host.create("a~b$c_d-e@1.2")).unwrap();
    assert!(names(&folder).contains(&"a~b$c_d-e@1.2.db".to_owned()));
}

#[test]
fn a_busy_database_is_unavailable() {
    let folder = tempfile::tempdir().unwrap();
    let options = SqliteOptions {
        busy_timeout: Duration::from_millis(50),
        ..SqliteOptions::default()
    };
    let hosts = [(); 2].map(|()| SqliteHost::folder(folder.path(), options).unwrap());
    let mine = table(&hosts[0]);
    let other = hosts[1].open("db").unwrap();
    let refused = with(&mine, Access::Write, move |_| {
        let busy = std::thread::spawn(move || {
            with(&other, Access::Write, |connection| {
                execute(connection, "INSERT INTO T VALUES (1)")
            })
        });
        Ok(busy.join().unwrap())
    });
    let refused = refused.unwrap();
    assert!(
        matches!(refused, Err(ConnectorError::Unavailable(_))),
        "{refused:?}"
    );
}

#[test]
fn values_and_cells() {
    let driver = table(&SqliteHost::memory());
    let uuid = 0x0102_0304_0506_0708_090a_0b0c_0d0e_0f10_u128.to_be_bytes();
    for (value, expected) in [
        (Value::Null, "null|null"),
        (Value::Bool(true), "integer|1"),
        (Value::Int(-7), "integer|-7"),
        (Value::Float(1.5), "real|1.5"),
        (Value::DateTime(-1), "integer|-1"),
        (Value::Text("x".into()), "text|x"),
        (Value::Enum("RED".into()), "text|RED"),
        (
            Value::Uuid(uuid),
            "text|01020304-0506-0708-090a-0b0c0d0e0f10",
        ),
        (
            Value::List(vec![
                Value::Text("a\"".into()),
                Value::Int(1),
                Value::Uuid(uuid),
                Value::Bool(false),
            ]),
            "text|[\"a\\\"\",1,\"01020304-0506-0708-090a-0b0c0d0e0f10\",0]",
        ),
    ] {
        let shown = with(&driver, Access::Read, move |connection| {
            let mut shown = String::new();
            let text = statement("SELECT typeof(?1) || '|' || coalesce(?1, 'null')");
            at_once(connection.each(&text, &[&value], &mut |row| {
                if let prisma_sql::Cell::Text(text) = row.cell(0) {
                    shown = text.to_owned();
                }
                Ok(())
            }))?;
            Ok(shown)
        });
        assert_eq!(shown.unwrap(), expected);
    }
}
