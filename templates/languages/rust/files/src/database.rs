//! Opens the SQLite database, and brings its tables up to date.

use std::{path::Path, str::FromStr, time::Duration};

use sqlx::{
    QueryBuilder, Sqlite, SqlitePool, Transaction,
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

/// Creates the file, its folder and its tables if they are not there yet.
pub async fn open(url: &str) -> Result<SqlitePool, DatabaseError> {
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
        // There is one writer at a time: the others wait for their turn.
        .busy_timeout(Duration::from_secs(5));

    if let Some(folder) = options.get_filename().parent() {
        create_folder(folder)?;
    }
    let pool = SqlitePoolOptions::new().max_connections(5).connect_with(options).await?;
    sqlx::migrate!().run(&pool).await?;
    Ok(pool)
}

/// Begins a transaction that reads before it writes.
///
/// A plain `BEGIN` would take the write lock at its first write only. If another writer was faster,
/// what has been read is out of date, and SQLite refuses at once. `IMMEDIATE` waits for the lock.
pub async fn begin_write(db: &SqlitePool) -> Result<Transaction<'static, Sqlite>, sqlx::Error> {
    db.begin_with("BEGIN IMMEDIATE").await
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
