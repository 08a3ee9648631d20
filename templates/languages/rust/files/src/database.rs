//! Opens the SQLite database, and brings its tables up to date.

use std::{fs, str::FromStr, time::Duration};

use anyhow::{Context, ensure};
use sqlx::{
    Connection, Sqlite, SqliteConnection, SqlitePool, Transaction,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions},
};

/// SQLite takes one writer at a time, and any number of readers beside it.
#[derive(Clone, Debug)]
pub struct Database {
    pub readers: SqlitePool,
    /// One connection, for which writers queue without holding up the readers.
    pub writer: SqlitePool,
}

impl Database {
    /// Creates the file, its folder and its tables if they are not there yet.
    pub async fn open(url: &str) -> anyhow::Result<Self> {
        // sqlx would take any other text for the name of a file.
        ensure!(
            url.starts_with("sqlite:"),
            "DATABASE_URL must begin with `sqlite:`"
        );
        let options = SqliteConnectOptions::from_str(url)?
            .create_if_missing(true)
            // Readers don't wait for the writer, nor the writer for readers.
            .journal_mode(SqliteJournalMode::Wal)
            // How long a writer waits for another program that writes, such as a backup.
            .busy_timeout(Duration::from_secs(2));
        if let Some(folder) = options.get_filename().parent() {
            fs::create_dir_all(folder).context("cannot create the folder of the database")?;
        }

        let mut connection = SqliteConnection::connect_with(&options).await?;
        let migrated = sqlx::migrate!().run(&mut connection).await;
        migrated.context("cannot migrate the database")?;
        connection.close().await?;

        let pool = SqlitePoolOptions::new().acquire_timeout(Duration::from_secs(5));
        let writer = pool.clone().max_connections(1);
        Ok(Self {
            writer: writer.connect_with(options.clone()).await?,
            readers: pool.connect_with(options.read_only(true)).await?,
        })
    }

    /// Begins a transaction that writes.
    ///
    /// A plain `BEGIN` takes the write lock at the first write. If another program was faster, what
    /// has been read by then is out of date, and SQLite refuses the write. `IMMEDIATE` locks first.
    pub async fn begin_write(&self) -> sqlx::Result<Transaction<'static, Sqlite>> {
        self.writer.begin_with("BEGIN IMMEDIATE").await
    }

    /// The writer last, for the last connection merges SQLite's log into the database.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }
}

/// Whether the write lock did not become free in time.
pub fn is_busy(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::PoolTimedOut => true,
        // The lower byte of SQLite's result code; 5 is SQLITE_BUSY.
        sqlx::Error::Database(error) => {
            let code = error.code().and_then(|code| code.parse::<i32>().ok());
            code.is_some_and(|code| code & 0xff == 5)
        }
        _ => false,
    }
}
