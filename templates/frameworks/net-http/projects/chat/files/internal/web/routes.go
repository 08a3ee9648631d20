// Package web answers HTTP requests.
package web

import (
	"net/http"
	"time"

	"example.com/app/internal/chat"
	"example.com/app/internal/database"
)

// NewHandler is the whole application: every address, and the function that answers there. Each socket is pinged once
// in pingInterval.
func NewHandler(db *database.DB, hub *chat.Hub, pingInterval time.Duration) http.Handler {
	mux := http.NewServeMux()
	handleService(mux, db)

	rooms := chat.NewRooms(db)
	r := roomHandlers{rooms, chat.NewMessages(db)}
	mux.Handle("GET /api/rooms", handler(r.list))
	mux.Handle("POST /api/rooms", handler(r.create))
	mux.Handle("GET /api/rooms/{id}", handler(r.show))
	mux.Handle("GET /api/rooms/{id}/messages", handler(r.history))

	l := liveHandlers{rooms, hub, pingInterval}
	mux.Handle("GET /api/rooms/{id}/live", handler(l.join))

	// The chat, whose scripts call the API.
	mux.Handle("GET /{$}", file("static/index.html"))
	return around(mux)
}
