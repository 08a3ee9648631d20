//! Opens the SQLite database, and brings its tables up to date.

use std::{path::Path, str::FromStr, time::Duration};

use sqlx::{
    Connection, QueryBuilder, Sqlite, SqliteConnection, SqlitePool, Transaction,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions},
};

#[derive(Debug, thiserror::Error)]
pub enum DatabaseError {
    #[error("DATABASE_URL must begin with `sqlite:`, not `{0}`")]
    Url(String),
    #[error("cannot create the folder of the database: {0}")]
    Folder(#[from] std::io::Error),
    #[error("cannot open the database: {0}")]
    Open(#[from] sqlx::Error),
    #[error("cannot migrate the database: {0}")]
    Migrate(#[from] sqlx::migrate::MigrateError),
}

/// SQLite has one writer at a time, and as many readers beside it as one likes.
#[derive(Clone, Debug)]
pub struct Database {
    pub readers: SqlitePool,
    /// One connection: writers wait for each other here, and never hold up a reader.
    pub writer: SqlitePool,
}

/// Creates the file, its folder and its tables if they are not there yet.
pub async fn open(url: &str) -> Result<Database, DatabaseError> {
    // sqlx would take any other text for the name of a file.
    if !url.starts_with("sqlite:") {
        return Err(DatabaseError::Url(url.to_owned()));
    }
    let options = SqliteConnectOptions::from_str(url)?
        .create_if_missing(true)
        // Readers don't wait for the writer, nor the writer for readers.
        .journal_mode(SqliteJournalMode::Wal)
        // SQLite ignores REFERENCES unless told otherwise.
        .foreign_keys(true)
        // How long a writer waits for another program that writes, such as a backup.
        .busy_timeout(Duration::from_secs(2));

    if let Some(folder) = options.get_filename().parent() {
        create_folder(folder)?;
    }
    // Before the pools: another program may hold the lock for longer than requests should wait.
    let mut connection =
        SqliteConnection::connect_with(&options.clone().busy_timeout(Duration::from_secs(30)))
            .await?;
    sqlx::migrate!().run(&mut connection).await?;
    connection.close().await?;

    let pool = SqlitePoolOptions::new().acquire_timeout(Duration::from_secs(4));
    Ok(Database {
        writer: pool.clone().max_connections(1).connect_with(options.clone()).await?,
        readers: pool.max_connections(5).connect_with(options.read_only(true)).await?,
    })
}

impl Database {
    /// Begins a transaction that writes.
    ///
    /// A plain `BEGIN` would take the write lock at its first write only. If another program was
    /// faster, what has been read is out of date, and SQLite refuses at once. `IMMEDIATE` waits.
    pub async fn begin_write(&self) -> Result<Transaction<'static, Sqlite>, sqlx::Error> {
        self.writer.begin_with("BEGIN IMMEDIATE").await
    }

    /// The readers first: the last connection writes SQLite's log back into the database.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }
}

/// Whether the lock did not come free in time.
pub fn is_busy(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::PoolTimedOut => true,
        // SQLITE_BUSY, also with details in the higher bytes.
        sqlx::Error::Database(error) => error
            .code()
            .and_then(|code| code.parse().ok())
            .is_some_and(|code: i32| code & 0xff == 5),
        _ => false,
    }
}

/// Adds ` AND (...)`: one of the columns has the text in it.
pub fn push_search(query: &mut QueryBuilder<Sqlite>, columns: &[&str], text: &str) {
    let mut any = query.push(" AND (").separated(" OR ");
    for column in columns {
        // Not LIKE, in which % and _ have a meaning. `lower` knows ASCII letters only.
        any.push(format_args!("instr(lower({column}), lower("))
            .push_bind_unseparated(text.to_owned())
            .push_unseparated("))");
    }
    query.push(")");
}

fn create_folder(folder: &Path) -> Result<(), std::io::Error> {
    if folder.as_os_str().is_empty() {
        return Ok(());
    }
    std::fs::create_dir_all(folder)
}
