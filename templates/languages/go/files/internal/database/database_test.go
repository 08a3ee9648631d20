package database_test

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"testing"

	"example.com/app/internal/database"
)

func open(t *testing.T, path string) *database.DB {
	t.Helper()
	db, err := database.Open(t.Context(), "file:"+path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func TestADatabaseIsCreatedWithItsFolderAndOpenedAgain(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new folder", "app.db")
	first := tables(t, open(t, path))
	if len(first) == 0 {
		t.Error("there are no tables")
	}
	if again := tables(t, open(t, path)); len(again) != len(first) {
		t.Errorf("%d tables became %d", len(first), len(again))
	}
}

func tables(t *testing.T, db *database.DB) (names []string) {
	t.Helper()
	rows, err := db.Readers.Query("SELECT name FROM sqlite_schema")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			t.Fatal(err)
		}
		names = append(names, name)
	}
	return names
}

func TestEachConnectionHasItsSettings(t *testing.T) {
	db := open(t, filepath.Join(t.TempDir(), "app.db"))
	// A name that SQLite does not know would be passed over in silence.
	for pragma, expected := range map[string]string{
		"busy_timeout": "2000", "journal_mode": "wal", "synchronous": "2", "foreign_keys": "1",
	} {
		var reader, writer string
		if err := db.Readers.QueryRow("PRAGMA " + pragma).Scan(&reader); err != nil {
			t.Error(err)
		}
		err := db.Write(t.Context(), func(tx *sql.Tx) error { return tx.QueryRow("PRAGMA " + pragma).Scan(&writer) })
		if err != nil || reader != expected || writer != expected {
			t.Errorf("%s is %s and %s, %v", pragma, reader, writer, err)
		}
	}
	if _, err := db.Readers.Exec("CREATE TABLE t (id)"); err == nil {
		t.Error("a reader wrote")
	}
}

func TestAWriteWaitsForAnotherProgramAndNotForEver(t *testing.T) {
	path := filepath.Join(t.TempDir(), "app.db")
	db := open(t, path)
	other, err := sql.Open("sqlite", path+"?_txlock=immediate")
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	lock, err := other.Begin()
	if err != nil {
		t.Fatal(err)
	}
	nothing := func(*sql.Tx) error { return nil }
	if err := db.Write(t.Context(), nothing); !database.IsBusy(err) {
		t.Errorf("got %v", err)
	}
	written := make(chan error)
	go func() { written <- db.Write(context.Background(), nothing) }()
	if err := lock.Rollback(); err != nil {
		t.Error(err)
	}
	if err := <-written; err != nil {
		t.Error(err)
	}
}

func TestWhatIsNoFileIsRefused(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, []byte("This is not a database, but a text that is long enough."), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, url := range []string{"", "file:", "data/app.db", "postgres://localhost/app", "file:a?b", "file:" + file} {
		if db, err := database.Open(t.Context(), url); err == nil {
			db.Close()
			t.Errorf("%q was opened", url)
		}
	}
}
