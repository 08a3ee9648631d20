package web

import (
	"net/http"

	"example.com/app/internal/input"
	"example.com/app/internal/shop"
)

type productHandlers struct {
	products *shop.Products
}

func (p productHandlers) list(w http.ResponseWriter, r *http.Request) error {
	filter, err := shop.ReadFilter(input.FromURL(r.URL.Query()))
	if err != nil {
		return err
	}
	page, err := p.products.List(r.Context(), filter)
	if err != nil {
		return err
	}
	return respond(w, http.StatusOK, page)
}

func (p productHandlers) show(w http.ResponseWriter, r *http.Request) error {
	product, err := p.products.Find(r.Context(), pathID(r))
	if err != nil {
		return err
	}
	return respond(w, http.StatusOK, product)
}

func (p productHandlers) categories(w http.ResponseWriter, r *http.Request) error {
	names, err := p.products.Categories(r.Context())
	if err != nil {
		return err
	}
	return respond(w, http.StatusOK, map[string][]string{"items": names})
}
