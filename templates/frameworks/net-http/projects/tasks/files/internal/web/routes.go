// Package web answers HTTP requests.
package web

import (
	"net/http"

	"example.com/app/internal/database"
	"example.com/app/internal/tasks"
)

// NewHandler is the whole application: every address, and the function that answers there.
func NewHandler(db *database.DB) http.Handler {
	mux := http.NewServeMux()
	handleService(mux, db)

	t := taskHandlers{tasks.NewStore(db)}
	mux.Handle("GET /api/tasks", handler(t.list))
	mux.Handle("POST /api/tasks", handler(t.create))
	mux.Handle("GET /api/tasks/{id}", handler(t.show))
	mux.Handle("PUT /api/tasks/{id}", handler(t.replace))
	mux.Handle("PATCH /api/tasks/{id}", handler(t.change))
	mux.Handle("DELETE /api/tasks/{id}", handler(t.delete))

	// The board, whose scripts call the API.
	mux.Handle("GET /{$}", file("static/index.html"))
	return around(mux)
}
