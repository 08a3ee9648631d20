// Package database opens the SQLite database, and brings its tables up to date.
package database

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/pressly/goose/v3"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

//go:embed migrations/*.sql
var migrations embed.FS

const (
	// Readers don't wait for the writer, nor the writer for readers (WAL). `busy_timeout` is how long a writer
	// waits, in milliseconds, for another program that writes, such as a backup.
	settings = "?_pragma=busy_timeout(2000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=foreign_keys(ON)"
	// A plain BEGIN takes the write lock at the first write. If another program was faster, what has been read by
	// then is out of date, and SQLite refuses the write. IMMEDIATE locks first.
	writing = "&_txlock=immediate"
	reading = "&_pragma=query_only(ON)"

	readers = 4
	// How long a transaction that writes may take, with the wait for those before it.
	maxWrite = 5 * time.Second
)

// DB is a database with one connection that writes, as SQLite takes one writer at a time, and some that read.
type DB struct {
	Readers *sql.DB
	writer  *sql.DB
}

// Open creates the file, its folder and its tables if they are not there yet. url is "file:" and a path.
func Open(ctx context.Context, url string) (*DB, error) {
	path, ok := strings.CutPrefix(url, "file:")
	if !ok || path == "" || strings.Contains(path, "?") {
		return nil, fmt.Errorf("DATABASE_URL is %q: it must be `file:` and a path", url)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return nil, fmt.Errorf("cannot create the folder of the database: %w", err)
	}
	db := &DB{}
	var err error
	if db.writer, err = sql.Open("sqlite", path+settings+writing); err != nil {
		return nil, err
	}
	db.writer.SetMaxOpenConns(1)
	if err := migrate(ctx, db.writer); err != nil {
		return nil, errors.Join(fmt.Errorf("cannot migrate the database %s: %w", path, err), db.writer.Close())
	}
	if db.Readers, err = sql.Open("sqlite", path+settings+reading); err != nil {
		return nil, errors.Join(err, db.writer.Close())
	}
	db.Readers.SetMaxOpenConns(readers)
	db.Readers.SetMaxIdleConns(readers)
	return db, nil
}

// migrate runs the files in migrations that have not run yet. It refuses one that is older than the last that ran.
func migrate(ctx context.Context, db *sql.DB) error {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	provider, err := goose.NewProvider(goose.DialectSQLite3, db, files)
	if err != nil {
		return err
	}
	_, err = provider.Up(ctx)
	return err
}

// Close ends with the writer, for the last connection merges SQLite's log into the database.
func (db *DB) Close() error {
	return errors.Join(db.Readers.Close(), db.writer.Close())
}

// Write runs work in a transaction, which is rolled back if work fails. What it reads is still true when it
// writes. Whoever calls it has read the request already: a slow client must not hold up the other writers.
func (db *DB) Write(ctx context.Context, work func(tx *sql.Tx) error) error {
	ctx, cancel := context.WithTimeout(ctx, maxWrite)
	defer cancel()
	tx, err := db.writer.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() // Does nothing after the commit.
	if err := work(tx); err != nil {
		return err
	}
	return tx.Commit()
}

// IsBusy tells whether the write lock did not become free in time.
func IsBusy(err error) bool {
	var failure *sqlite.Error
	// The lower byte of an extended result code is the code itself.
	if errors.As(err, &failure) && failure.Code()&0xff == sqlite3.SQLITE_BUSY {
		return true
	}
	return errors.Is(err, context.DeadlineExceeded)
}
