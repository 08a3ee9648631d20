package web_test

import (
	"fmt"
	"strings"
	"testing"
)

func newCart(c *client) string {
	c.t.Helper()
	response := c.sendText("POST", "/api/carts", "", "")
	cart := c.json(response, 201)
	path := fmt.Sprint("/api/carts/", cart["id"])
	if location := response.header.Get("Location"); location != path || len(path) < len("/api/carts/")+22 {
		c.t.Errorf("the cart is at %s", location)
	}
	return path
}

func put(c *client, cart string, product, quantity int) object {
	c.t.Helper()
	path := fmt.Sprintf("%s/items/%d", cart, product)
	return c.json(c.send("PUT", path, object{"quantity": quantity}), 200)
}

// lines are the products of a cart with their quantities.
func lines(cart object) string {
	var lines []string
	for _, item := range cart["items"].([]any) {
		line := item.(object)
		lines = append(lines, fmt.Sprintf("%v x %v", line["quantity"], line["product_id"]))
	}
	return strings.Join(lines, ", ")
}

func TestACartKeepsTheOrderOfAddingAndAddsUp(t *testing.T) {
	c := newClient(t)
	cart := newCart(c)
	if empty := c.json(c.get(cart), 200); lines(empty) != "" || empty["total_cents"] != 0.0 || empty["currency"] != "EUR" {
		t.Errorf("got %v", empty)
	}
	put(c, cart, 2, 1)
	put(c, cart, 1, 3)
	filled := put(c, cart, 2, 2)
	if lines(filled) != "2 x 2, 3 x 1" || filled["total_cents"] != 2.0*1450+3*3900 {
		t.Errorf("got %v", filled)
	}
	first := filled["items"].([]any)[0].(object)
	if first["name"] != "Hand Fork" || first["unit_price_cents"] != 1450.0 || first["line_total_cents"] != 2900.0 {
		t.Errorf("got %v", first)
	}
	if read := c.json(c.get(cart), 200); fmt.Sprint(read) != fmt.Sprint(filled) {
		t.Errorf("%v instead of %v", read, filled)
	}
	if rest := put(c, cart, 2, 0); lines(rest) != "3 x 1" {
		t.Errorf("got %v", rest)
	}
	if rest := c.json(c.sendText("DELETE", cart+"/items/1", "", ""), 200); lines(rest) != "" {
		t.Errorf("got %v", rest)
	}
	c.wantProblem(c.sendText("DELETE", cart+"/items/1", "", ""), 404)
}

func TestNoMoreIsTakenThanThereIs(t *testing.T) {
	c := newClient(t)
	cart := newCart(c)
	response := c.send("PUT", cart+"/items/1", object{"quantity": 19})
	c.wantProblem(response, 409)
	items := c.json(response, 409)["items"]
	if expected := []any{object{"product_id": 1.0, "requested": 19.0, "available": 18.0}}; fmt.Sprint(items) != fmt.Sprint(expected) {
		t.Errorf("got %v", items)
	}
	put(c, cart, 1, 18)
}

func TestWhatIsNotThereIsNotFound(t *testing.T) {
	c := newClient(t)
	c.wantProblem(c.get("/api/carts/none"), 404)
	for _, path := range []string{"/api/carts/none/items/1", newCart(c) + "/items/25", newCart(c) + "/items/x"} {
		c.wantProblem(c.send("PUT", path, object{"quantity": 1}), 404)
	}
}

func TestAQuantityIsAWholeNumberUpTo99(t *testing.T) {
	c := newClient(t)
	cart := newCart(c)
	for _, body := range []object{
		{}, {"quantity": nil}, {"quantity": -1}, {"quantity": 100}, {"quantity": 1.5}, {"quantity": "1"}, {"quantity": true},
	} {
		c.wantProblem(c.send("PUT", cart+"/items/1", body), 422, "quantity")
	}
	twice := c.sendText("PUT", cart+"/items/1", "application/json", `{"quantity": 2.0}`)
	if filled := c.json(twice, 200); lines(filled) != "2 x 1" {
		t.Errorf("got %v", filled)
	}
}
