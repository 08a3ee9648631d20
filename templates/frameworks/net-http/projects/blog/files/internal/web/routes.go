// Package web answers HTTP requests.
package web

import (
	"net/http"

	"example.com/app/internal/blog"
	"example.com/app/internal/database"
)

// NewHandler is the whole application: every address, and the function that answers there.
func NewHandler(db *database.DB) http.Handler {
	mux := http.NewServeMux()
	handleService(mux, db)
	posts, comments := blog.NewPosts(db), blog.NewComments(db)

	p := postHandlers{posts}
	mux.Handle("GET /api/posts", handler(p.list))
	mux.Handle("POST /api/posts", handler(p.create))
	mux.Handle("GET /api/posts/{slug}", handler(p.show))
	mux.Handle("PATCH /api/posts/{slug}", handler(p.change))
	mux.Handle("DELETE /api/posts/{slug}", handler(p.delete))

	c := commentHandlers{comments}
	mux.Handle("GET /api/posts/{slug}/comments", handler(c.list))
	mux.Handle("POST /api/posts/{slug}/comments", handler(c.create))

	pages := pageHandlers{posts, comments}
	mux.Handle("GET /{$}", handler(pages.list))
	mux.Handle("GET /tags/{tag}", handler(pages.list))
	mux.Handle("GET /posts/{slug}", handler(pages.article))
	mux.Handle("POST /posts/{slug}/comments", handler(pages.comment))
	return around(mux)
}
