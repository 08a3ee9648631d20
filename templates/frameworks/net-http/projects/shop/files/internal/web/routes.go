// Package web answers HTTP requests.
package web

import (
	"net/http"

	"example.com/app/internal/database"
	"example.com/app/internal/shop"
)

// NewHandler is the whole application: every address, and the function that answers there.
func NewHandler(db *database.DB) http.Handler {
	mux := http.NewServeMux()
	handleService(mux, db)

	p := productHandlers{shop.NewProducts(db)}
	mux.Handle("GET /api/products", handler(p.list))
	mux.Handle("GET /api/products/{id}", handler(p.show))
	mux.Handle("GET /api/categories", handler(p.categories))

	c := cartHandlers{shop.NewCarts(db)}
	mux.Handle("POST /api/carts", handler(c.create))
	mux.Handle("GET /api/carts/{cart}", handler(c.show))
	mux.Handle("PUT /api/carts/{cart}/items/{id}", handler(c.setQuantity))
	mux.Handle("DELETE /api/carts/{cart}/items/{id}", handler(c.remove))

	o := orderHandlers{shop.NewOrders(db)}
	mux.Handle("POST /api/carts/{cart}/checkout", handler(o.create))
	mux.Handle("GET /api/orders/{order}", handler(o.show))

	// The storefront, whose scripts call the API.
	mux.Handle("GET /{$}", file("static/index.html"))
	return around(mux)
}
