package web_test

import (
	"fmt"
	"maps"
	"reflect"
	"strings"
	"sync"
	"testing"
)

func write(c *client, post object) object {
	c.t.Helper()
	whole := object{"title": "A", "body": "x", "published": true}
	maps.Copy(whole, post)
	return c.json(c.send("POST", "/api/posts", whole), 201)
}

func TestANewPostIsADraftWithAnAddress(t *testing.T) {
	c := newClient(t)
	response := c.send("POST", "/api/posts", object{"title": " Über uns ", "body": " a\r\nb ", "tags": []string{"b", "a", "b"}})
	post := c.json(response, 201)
	expected := object{
		"id": 1.0, "slug": "uber-uns", "title": "Über uns", "body": " a\nb ", "tags": []any{"b", "a"}, "published": false,
		"created_at": post["created_at"], "updated_at": post["created_at"], "published_at": nil,
	}
	if location := response.header.Get("Location"); location != "/api/posts/uber-uns" || !reflect.DeepEqual(post, expected) {
		t.Errorf("%s: %v", location, post)
	}
	if read := c.json(c.get("/api/posts/uber-uns"), 200); !reflect.DeepEqual(read, post) {
		t.Errorf("read again: %v", read)
	}
	if list := c.json(c.get("/api/posts"), 200); list["total"] != 0.0 {
		t.Errorf("the draft is in the list: %v", list)
	}
}

func TestASlugIsNumberedWhereItIsTaken(t *testing.T) {
	c := newClient(t)
	var group sync.WaitGroup
	for range 5 {
		group.Go(func() { write(c, object{"title": "Same"}) })
	}
	group.Wait()
	for _, slug := range []string{"same", "same-2", "same-3", "same-4", "same-5"} {
		if response := c.get("/api/posts/" + slug); response.status != 200 {
			t.Errorf("%s: %d", slug, response.status)
		}
	}
}

func TestAChangeTouchesOnlyWhatWasSent(t *testing.T) {
	c := newClient(t)
	before := write(c, object{"tags": []string{"x"}, "published": false})
	changed := c.json(c.send("PATCH", "/api/posts/a", object{"title": "B", "published": true}), 200)
	expected := maps.Clone(before)
	maps.Copy(expected, object{
		"title": "B", "published": true, "updated_at": changed["updated_at"], "published_at": changed["updated_at"],
	})
	if !reflect.DeepEqual(changed, expected) || changed["updated_at"].(string) <= before["updated_at"].(string) {
		t.Errorf("%v instead of %v", changed, expected)
	}
	c.json(c.send("PATCH", "/api/posts/a", object{"published": false}), 200)
	again := c.json(c.send("PATCH", "/api/posts/a", object{"published": true, "tags": []string{"y", "x"}}), 200)
	if again["published_at"] != changed["published_at"] || !reflect.DeepEqual(again["tags"], []any{"y", "x"}) {
		t.Errorf("got %v", again)
	}
	if same := c.json(c.send("PATCH", "/api/posts/a", object{}), 200); !reflect.DeepEqual(same, again) {
		t.Errorf("%v instead of %v", same, again)
	}
}

func TestADeletedPostTakesItsCommentsWithIt(t *testing.T) {
	c := newClient(t)
	write(c, nil)
	c.json(c.send("POST", "/api/posts/a/comments", object{"author": "Ada", "body": "Hi"}), 201)
	if response := c.sendText("DELETE", "/api/posts/a", "", ""); response.status != 204 || response.text != "" {
		t.Errorf("%d %s", response.status, response.text)
	}
	for _, path := range []string{"/api/posts/a", "/api/posts/a/comments"} {
		c.wantProblem(c.get(path), 404)
	}
	c.wantProblem(c.sendText("DELETE", "/api/posts/a", "", ""), 404)
	write(c, nil)
	if list := c.json(c.get("/api/posts/a/comments"), 200); list["total"] != 0.0 {
		t.Errorf("the new post has %v", list)
	}
}

func TestBrokenFieldsOfAPostAreNamedAllAtOnce(t *testing.T) {
	c := newClient(t)
	write(c, nil)
	c.wantProblem(c.send("POST", "/api/posts", object{}), 422, "title", "body")
	many := strings.Split("a b c d e f g h i j k", " ")
	for _, broken := range []object{
		{"title": "a\nb", "body": " \n", "tags": "x", "published": "yes"},
		{"title": strings.Repeat("x", 201), "body": strings.Repeat("x", 100_001), "tags": many, "published": nil},
		{"title": 1, "body": nil, "tags": []string{"A"}, "published": 1},
		{"tags": []any{1}},
		{"tags": nil},
	} {
		var names []string
		for name := range broken {
			names = append(names, name)
		}
		c.wantProblem(c.send("PATCH", "/api/posts/a", broken), 422, names...)
	}
}

func TestTheListIsFilteredAndSearched(t *testing.T) {
	c := newClient(t)
	write(c, object{"title": "One", "body": "100% of it", "tags": []string{"go", "sql"}})
	write(c, object{"title": "Two", "body": "snake_case", "tags": []string{"go"}})
	for query, expected := range map[string]string{
		"": "[two one]", "tag=go": "[two one]", "tag=sql": "[one]", "tag=none": "[]", "q=%25": "[one]", "q=_": "[two]",
		"q=TWO": "[two]", "q=o&tag=sql": "[one]", "per_page=1&page=2": "[one]",
	} {
		slugs := []any{}
		for _, item := range c.json(c.get("/api/posts?"+query), 200)["items"].([]any) {
			slugs = append(slugs, item.(object)["slug"])
		}
		if fmt.Sprint(slugs) != expected {
			t.Errorf("%s: %v", query, slugs)
		}
	}
	c.wantProblem(c.get("/api/posts?page=0&per_page=101&q=%00"), 422, "page", "per_page", "q")
}

func TestCommentsAreListedTheOldestFirstAndDraftsTakeNone(t *testing.T) {
	c := newClient(t)
	write(c, nil)
	for _, body := range []string{"one", "two"} {
		c.json(c.send("POST", "/api/posts/a/comments", object{"author": " Ada ", "body": body}), 201)
	}
	list := c.json(c.get("/api/posts/a/comments?per_page=1"), 200)
	first := list["items"].([]any)[0].(object)
	if list["total"] != 2.0 || first["body"] != "one" || first["author"] != "Ada" {
		t.Errorf("got %v", list)
	}
	c.wantProblem(c.send("POST", "/api/posts/a/comments", object{"author": ""}), 422, "author", "body")
	write(c, object{"title": "Draft", "published": false})
	c.wantProblem(c.send("POST", "/api/posts/draft/comments", object{"author": "Ada", "body": "Hi"}), 409)
	c.wantProblem(c.send("POST", "/api/posts/none/comments", object{"author": "Ada", "body": "Hi"}), 404)
}
