package web_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"strings"
	"sync"
	"testing"
)

var ada = object{"email": "ada@example.com", "name": "Ada", "address": "1 Main Street\nLondon"}

func checkOut(c *client, cart, key string, buyer object) response {
	c.t.Helper()
	body, err := json.Marshal(buyer)
	if err != nil {
		c.t.Fatal(err)
	}
	request, err := http.NewRequest("POST", c.url+cart+"/checkout", strings.NewReader(string(body)))
	if err != nil {
		c.t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Idempotency-Key", key)
	return c.do(request)
}

func stock(c *client, product int) any {
	c.t.Helper()
	return c.json(c.get(fmt.Sprintf("/api/products/%d", product)), 200)["stock"]
}

func TestACheckoutMovesTheItemsIntoAnOrder(t *testing.T) {
	c := newClient(t)
	cart := newCart(c)
	filled := put(c, cart, 1, 3)
	response := checkOut(c, cart, "key", ada)
	order := c.json(response, 201)
	path := fmt.Sprint("/api/orders/", order["id"])
	if response.header.Get("Location") != path || order["status"] != "placed" || order["email"] != "ada@example.com" {
		t.Errorf("%s: %v", response.header.Get("Location"), order)
	}
	if fmt.Sprint(order["items"]) != fmt.Sprint(filled["items"]) || order["total_cents"] != 3*3900.0 {
		t.Errorf("got %v", order)
	}
	if read := c.json(c.get(path), 200); fmt.Sprint(read) != fmt.Sprint(order) {
		t.Errorf("%v instead of %v", read, order)
	}
	if left := stock(c, 1); left != 15.0 {
		t.Errorf("%v are left", left)
	}
	if cart := c.json(c.get(cart), 200); lines(cart) != "" {
		t.Errorf("the cart has %v", cart)
	}
	c.wantProblem(c.get("/api/orders/none"), 404)
}

func TestAPurchaseThatIsSentTwiceIsMadeOnce(t *testing.T) {
	c := newClient(t)
	cart := newCart(c)
	put(c, cart, 1, 1)
	orders := make([]string, 10)
	var group sync.WaitGroup
	for place := range orders {
		group.Go(func() { orders[place] = checkOut(c, cart, "same", ada).text })
	}
	group.Wait()
	for _, order := range orders {
		if order != orders[0] || !strings.Contains(order, "placed") {
			t.Errorf("%s instead of %s", order, orders[0])
		}
	}
	if left := stock(c, 1); left != 17.0 {
		t.Errorf("%v are left", left)
	}
	other := maps.Clone(ada)
	other["name"] = "Grace"
	c.wantProblem(checkOut(c, cart, "same", other), 422, "Idempotency-Key")
	c.wantProblem(checkOut(c, cart, "another", ada), 409)
}

func TestNothingIsSoldTwice(t *testing.T) {
	c := newClient(t)
	product := 0
	for _, candidate := range products(c, "per_page=100") {
		if candidate["stock"] == 5.0 {
			product = int(candidate["id"].(float64))
		}
	}
	carts := make([]string, 20)
	for buyer := range carts {
		carts[buyer] = newCart(c)
		put(c, carts[buyer], product, 1)
	}
	statuses := make([]int, len(carts))
	var group sync.WaitGroup
	for buyer, cart := range carts {
		group.Go(func() { statuses[buyer] = checkOut(c, cart, "key", ada).status })
	}
	group.Wait()
	sold := 0
	for _, status := range statuses {
		if status == 201 {
			sold++
		} else if status != 409 {
			t.Errorf("a checkout ended with %d", status)
		}
	}
	if left := stock(c, product); sold != 5 || left != 0.0 {
		t.Errorf("%d were sold, %v are left", sold, left)
	}
}

func TestARefusalChangesNothingAndUsesNoKeyUp(t *testing.T) {
	c := newClient(t)
	first, second := newCart(c), newCart(c)
	put(c, first, 1, 18)
	put(c, second, 2, 1)
	put(c, second, 1, 1)
	c.json(checkOut(c, first, "key", ada), 201)
	refused := checkOut(c, second, "key", ada)
	c.wantProblem(refused, 409)
	items := c.json(refused, 409)["items"]
	if expected := []any{object{"product_id": 1.0, "requested": 1.0, "available": 0.0}}; fmt.Sprint(items) != fmt.Sprint(expected) {
		t.Errorf("got %v", items)
	}
	if left := stock(c, 2); left != 30.0 {
		t.Errorf("%v are left", left)
	}
	put(c, second, 1, 0)
	c.json(checkOut(c, second, "key", ada), 201)
	c.wantProblem(checkOut(c, newCart(c), "key", ada), 409)
}

func TestBrokenFieldsOfABuyerAreNamedAllAtOnce(t *testing.T) {
	c := newClient(t)
	cart := newCart(c)
	put(c, cart, 1, 1)
	c.wantProblem(checkOut(c, cart, "key", object{}), 422, "email", "name", "address")
	broken := object{"email": "ada@example", "name": "a\nb", "address": strings.Repeat("x", 501)}
	c.wantProblem(checkOut(c, cart, "key", broken), 422, "email", "name", "address")
	for _, email := range []any{"", "@example.com", "a@b@example.com", "a b@example.com", "a@.com", 5, strings.Repeat("x", 250) + "@a.de"} {
		buyer := maps.Clone(ada)
		buyer["email"] = email
		c.wantProblem(checkOut(c, cart, "key", buyer), 422, "email")
	}
	for _, key := range []string{"", "a b", "ä", strings.Repeat("x", 201)} {
		c.wantProblem(checkOut(c, cart, key, ada), 400)
	}
	c.wantProblem(checkOut(c, "/api/carts/none", "key", ada), 404)
	c.json(checkOut(c, cart, strings.Repeat("~", 200), ada), 201)
}
