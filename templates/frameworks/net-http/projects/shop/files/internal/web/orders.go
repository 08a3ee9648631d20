package web

import (
	"net/http"
	"regexp"

	"example.com/app/internal/shop"
)

type orderHandlers struct {
	orders *shop.Orders
}

var visibleASCII = regexp.MustCompile(`^[!-~]{1,200}$`)

// create buys what is in the cart. The header names the purchase: where the response got lost, the request can be
// sent again and buys once.
func (o orderHandlers) create(w http.ResponseWriter, r *http.Request) error {
	key := r.Header.Get("Idempotency-Key")
	if !visibleASCII.MatchString(key) {
		detail := "the header Idempotency-Key must have 1 to 200 visible ASCII characters"
		return &problem{status: http.StatusBadRequest, detail: detail}
	}
	fields, err := readJSON(w, r)
	if err != nil {
		return err
	}
	buyer, err := shop.ReadBuyer(fields)
	if err != nil {
		return err
	}
	order, err := o.orders.Place(r.Context(), r.PathValue("cart"), key, buyer)
	if err != nil {
		return err
	}
	w.Header().Set("Location", "/api/orders/"+order.ID)
	return respond(w, http.StatusCreated, order)
}

func (o orderHandlers) show(w http.ResponseWriter, r *http.Request) error {
	order, err := o.orders.Find(r.Context(), r.PathValue("order"))
	if err != nil {
		return err
	}
	return respond(w, http.StatusOK, order)
}
