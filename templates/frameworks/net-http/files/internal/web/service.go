package web

import (
	"bytes"
	"io/fs"
	"log/slog"
	"net/http"
	"time"

	"example.com/app"
	"example.com/app/internal/database"
)

// handleService adds the addresses that any server has: its health, its description and its files.
func handleService(mux *http.ServeMux, db *database.DB) {
	mux.Handle("GET /healthz", health(db))
	mux.Handle("GET /openapi.json", file("openapi.json"))
	mux.HandleFunc("GET /static/{path...}", func(w http.ResponseWriter, r *http.Request) {
		file("static/"+r.PathValue("path")).ServeHTTP(w, r)
	})
}

func health(db *database.DB) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		// Reads a row of the file, which `SELECT 1` does not.
		var version int
		query := db.Readers.QueryRowContext(r.Context(), "SELECT version_id FROM goose_db_version LIMIT 1")
		if err := query.Scan(&version); err != nil {
			slog.Error("the database does not answer", "error", err)
			return &problem{status: http.StatusServiceUnavailable, detail: "the database does not answer"}
		}
		return respond(w, http.StatusOK, map[string]string{"status": "ok"})
	}
}

// file serves a file that is embedded in the program; a folder is none.
func file(path string) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		content, err := fs.ReadFile(app.Files, path)
		if err != nil {
			return errNotFound
		}
		http.ServeContent(w, r, path, time.Time{}, bytes.NewReader(content))
		return nil
	}
}
