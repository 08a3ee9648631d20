package web_test

import (
	"fmt"
	"sort"
	"strings"
	"testing"
)

// products are those of a list, in its order.
func products(c *client, query string) []object {
	c.t.Helper()
	var products []object
	for _, item := range c.json(c.get("/api/products?"+query), 200)["items"].([]any) {
		products = append(products, item.(object))
	}
	return products
}

func TestAProductIsShownAsInTheList(t *testing.T) {
	c := newClient(t)
	list := c.json(c.get("/api/products?per_page=1&page=24"), 200)
	first := list["items"].([]any)[0].(object)
	if list["total"] != 24.0 || first["id"] != 1.0 || first["sku"] != "KIT-001" || first["currency"] != "EUR" {
		t.Errorf("got %v", list)
	}
	if product := c.json(c.get("/api/products/1"), 200); fmt.Sprint(product) != fmt.Sprint(first) {
		t.Errorf("%v instead of %v", product, first)
	}
	for _, id := range []string{"0", "-1", "25", "x", "1.0"} {
		c.wantProblem(c.get("/api/products/"+id), 404)
	}
}

func TestProductsAreFiltered(t *testing.T) {
	c := newClient(t)
	matches := map[string]func(p object) bool{
		"category=Kitchen": func(p object) bool { return p["category"] == "Kitchen" },
		"in_stock=true":    func(p object) bool { return p["stock"].(float64) > 0 },
		"min_price=2000&max_price=3900": func(p object) bool {
			return p["price_cents"].(float64) >= 2000 && p["price_cents"].(float64) <= 3900
		},
		"q=WALNUT": func(p object) bool {
			return strings.Contains(strings.ToLower(fmt.Sprint(p["name"], p["description"])), "walnut")
		},
		"category=none": func(object) bool { return false },
		"q=%25":         func(object) bool { return false },
	}
	all := products(c, "per_page=100")
	for query, matches := range matches {
		var expected []object
		for _, product := range all {
			if matches(product) {
				expected = append(expected, product)
			}
		}
		if found := products(c, "per_page=100&"+query); fmt.Sprint(found) != fmt.Sprint(expected) {
			t.Errorf("%s: %v", query, found)
		}
	}
	categories := c.json(c.get("/api/categories"), 200)["items"].([]any)
	if fmt.Sprint(categories) != "[Desk Garden Kitchen Play]" {
		t.Errorf("got %v", categories)
	}
}

func TestEveryOrderGoesBothWaysAndTiesGoByID(t *testing.T) {
	c := newClient(t)
	keys := map[string]func(p object) string{
		"sort=price":  func(p object) string { return fmt.Sprintf("%09.f", p["price_cents"]) },
		"sort=name":   func(p object) string { return strings.ToLower(p["name"].(string)) },
		"sort=newest": func(p object) string { return p["created_at"].(string) },
		"":            func(p object) string { return p["created_at"].(string) },
	}
	for query, key := range keys {
		keyAndID := func(p object) string { return key(p) + fmt.Sprintf(" %09.f", p["id"]) }
		for _, order := range []string{"asc", "desc"} {
			var found []string
			for _, product := range products(c, "per_page=100&order="+order+"&"+query) {
				found = append(found, keyAndID(product))
			}
			sorted := sort.StringSlice(found)
			if order == "desc" && !sort.IsSorted(sort.Reverse(sorted)) || order == "asc" && !sort.IsSorted(sorted) {
				t.Errorf("%s %s: %v", query, order, found)
			}
		}
	}
	if newest := products(c, "")[0]; newest["id"] != 24.0 {
		t.Errorf("the newest is %v", newest)
	}
	if cheapest, price := products(c, "sort=price"), "price_cents"; cheapest[0][price].(float64) > cheapest[9][price].(float64) {
		t.Errorf("the cheapest is %v", cheapest[0])
	}
}

func TestAQueryThatBreaksARuleIsAProblem(t *testing.T) {
	c := newClient(t)
	query := "in_stock=yes&sort=id&order=up&q=%00&page=0&per_page=101&min_price=-1&max_price=1.5"
	fields := []string{"in_stock", "sort", "order", "q", "page", "per_page", "min_price", "max_price"}
	c.wantProblem(c.get("/api/products?"+query), 422, fields...)
}
