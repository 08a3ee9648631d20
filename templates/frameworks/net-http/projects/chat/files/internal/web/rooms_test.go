package web_test

import (
	"fmt"
	"strings"
	"testing"
)

func newRoom(c *client, name string) string {
	c.t.Helper()
	response := c.send("POST", "/api/rooms", object{"name": name})
	room := c.json(response, 201)
	path := fmt.Sprint("/api/rooms/", room["id"])
	if location := response.header.Get("Location"); location != path || room["name"] != strings.TrimSpace(name) {
		c.t.Errorf("%v is at %s", room, location)
	}
	return path
}

func TestRoomsAreOpenedAndListedByName(t *testing.T) {
	c := newClient(t)
	for _, name := range []string{"b", " a ", "c-1"} {
		path := newRoom(c, name)
		c.json(c.get(path), 200)
	}
	list := c.json(c.get("/api/rooms?per_page=2"), 200)
	var names []any
	for _, item := range list["items"].([]any) {
		names = append(names, item.(object)["name"])
	}
	if fmt.Sprint(names) != "[a b]" || list["total"] != 3.0 {
		t.Errorf("got %v", list)
	}
	c.wantProblem(c.send("POST", "/api/rooms", object{"name": "a"}), 409)
	c.wantProblem(c.get("/api/rooms?page=0&per_page=101"), 422, "page", "per_page")
}

func TestANameOfARoomKeepsToItsForm(t *testing.T) {
	c := newClient(t)
	c.wantProblem(c.send("POST", "/api/rooms", object{}), 422, "name")
	for _, name := range []any{"", "A", "a b", "ä", strings.Repeat("a", 41), nil, 5} {
		c.wantProblem(c.send("POST", "/api/rooms", object{"name": name}), 422, "name")
	}
	newRoom(c, strings.Repeat("a", 40))
}

func TestWhatIsNotThereIsNotFound(t *testing.T) {
	c := newClient(t)
	newRoom(c, "a")
	for _, path := range []string{"/api/rooms/2", "/api/rooms/x", "/api/rooms/2/messages", "/api/rooms/2/live?name=Ada"} {
		c.wantProblem(c.get(path), 404)
	}
}

func TestTheHistoryIsReadFromItsEnd(t *testing.T) {
	c := newClient(t)
	path := newRoom(c, "a")
	ada := join(c, path, "Ada")
	for number := range 5 {
		ada.say(fmt.Sprint(number))
		ada.want("message")
	}
	for query, expected := range map[string]string{
		"": "01234 false", "limit=2": "34 true", "limit=2&before=4": "12 true", "before=3": "01 false", "before=1": " false",
	} {
		history := c.json(c.get(path+"/messages?"+query), 200)
		var texts strings.Builder
		for _, item := range history["items"].([]any) {
			texts.WriteString(item.(object)["text"].(string))
		}
		if found := fmt.Sprint(texts.String(), " ", history["has_more"]); found != expected {
			t.Errorf("%s: %s", query, found)
		}
	}
	c.wantProblem(c.get(path+"/messages?limit=0&before=x"), 422, "limit", "before")
}
