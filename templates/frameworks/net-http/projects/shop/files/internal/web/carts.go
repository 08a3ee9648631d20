package web

import (
	"errors"
	"net/http"

	"example.com/app/internal/shop"
)

type cartHandlers struct {
	carts *shop.Carts
}

func (c cartHandlers) create(w http.ResponseWriter, r *http.Request) error {
	cart, err := c.carts.Create(r.Context())
	if err != nil {
		return err
	}
	w.Header().Set("Location", "/api/carts/"+cart.ID)
	return respond(w, http.StatusCreated, cart)
}

func (c cartHandlers) show(w http.ResponseWriter, r *http.Request) error {
	cart, err := c.carts.Find(r.Context(), r.PathValue("cart"))
	if err != nil {
		return err
	}
	return respond(w, http.StatusOK, cart)
}

func (c cartHandlers) setQuantity(w http.ResponseWriter, r *http.Request) error {
	fields, err := readJSON(w, r)
	if err != nil {
		return err
	}
	quantity, err := shop.ReadQuantity(fields)
	if err != nil {
		return err
	}
	cart, err := c.carts.SetQuantity(r.Context(), r.PathValue("cart"), pathID(r), quantity)
	if err != nil {
		return err
	}
	return respond(w, http.StatusOK, cart)
}

func (c cartHandlers) remove(w http.ResponseWriter, r *http.Request) error {
	cart, err := c.carts.Remove(r.Context(), r.PathValue("cart"), pathID(r))
	if err != nil {
		return err
	}
	return respond(w, http.StatusOK, cart)
}

// asConflict is the problem that an error of the shop becomes, or nil if it is none of its own.
func asConflict(err error) *problem {
	var shortages shop.Shortages
	switch {
	case errors.Is(err, shop.ErrEmptyCart):
		return &problem{status: http.StatusConflict, detail: err.Error()}
	case errors.As(err, &shortages):
		return &problem{http.StatusConflict, err.Error(), map[string]any{"items": shortages}}
	}
	return nil
}
