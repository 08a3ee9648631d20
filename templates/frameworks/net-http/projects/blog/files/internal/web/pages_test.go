package web_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
)

const attack = `<script>alert("1")</script>&'`

func submit(c *client, slug string, form url.Values) response {
	c.t.Helper()
	return c.sendText("POST", "/posts/"+slug+"/comments", "application/x-www-form-urlencoded", form.Encode())
}

// wantPage checks that a person gets HTML with this status, and that these texts are in it so many times.
func wantPage(c *client, r response, status int, counts map[string]int) {
	c.t.Helper()
	if contentType := r.header.Get("Content-Type"); r.status != status || contentType != "text/html; charset=utf-8" {
		c.t.Errorf("%d %s", r.status, contentType)
	}
	for text, count := range counts {
		if found := strings.Count(r.text, text); found != count {
			c.t.Errorf("%q is there %d times", text, found)
		}
	}
}

func TestAnEmptyBlogTellsHowToBegin(t *testing.T) {
	c := newClient(t)
	wantPage(c, c.get("/"), 200, map[string]int{"curl http://127.0.0.1:8000/api/posts": 1})
}

func TestListsLeadFromPageToPage(t *testing.T) {
	c := newClient(t)
	for number := range 21 {
		write(c, object{"title": fmt.Sprintf("Post number %d", number), "tags": []string{"x"}})
	}
	for _, path := range []string{"/", "/tags/x"} {
		for page, counts := range []map[string]int{
			{"Post number": 10, `rel="prev"`: 0, `href="?page=2"`: 1},
			{"Post number": 10, `href="?page=1"`: 1, `href="?page=3"`: 1},
			{"Post number": 1, `href="?page=2"`: 1, `rel="next"`: 0},
		} {
			wantPage(c, c.get(fmt.Sprintf("%s?page=%d", path, page+1)), 200, counts)
		}
		wantPage(c, c.get(path+"?page=4"), 404, nil)
		wantPage(c, c.get(path+"?page=0"), 422, nil)
	}
}

func TestAListShowsTheBeginningOfALongText(t *testing.T) {
	c := newClient(t)
	write(c, object{"body": "first " + strings.Repeat("word ", 100) + "last"})
	wantPage(c, c.get("/"), 200, map[string]int{"first word": 1, "word…": 1, "last": 0})
}

func TestWhatIsNotThereIsAPageToo(t *testing.T) {
	c := newClient(t)
	write(c, object{"title": "Draft", "published": false})
	for _, path := range []string{"/posts/draft", "/posts/none", "/posts/%ff", "/none", "/tags/none", "/static/none.css"} {
		wantPage(c, c.get(path), 404, map[string]int{"/static/style.css": 1})
	}
	wantPage(c, submit(c, "draft", url.Values{"author": {"Ada"}, "body": {"Hi"}}), 404, nil)
	wantPage(c, c.sendText("PUT", "/", "", ""), 405, map[string]int{"Method Not Allowed": 2})
}

func TestWhatUsersWriteIsShownAsText(t *testing.T) {
	c := newClient(t)
	write(c, object{"title": attack, "body": attack, "tags": []string{"x"}})
	const slug = "script-alert-1-script"
	c.json(c.send("POST", "/api/posts/"+slug+"/comments", object{"author": attack, "body": attack}), 201)
	for _, path := range []string{"/", "/tags/x", "/posts/" + slug} {
		page := c.get(path)
		wantPage(c, page, 200, map[string]int{"<script": 0})
		if !strings.Contains(page.text, "&lt;script&gt;alert(") {
			t.Errorf("%s: %s", path, page.text)
		}
	}
}

func TestTheFormSavesACommentAndLeadsBackToTheArticle(t *testing.T) {
	c := newClient(t)
	write(c, nil)
	response := submit(c, "a", url.Values{"author": {" Ada "}, "body": {"one\r\ntwo \\ud83d"}})
	if location := response.header.Get("Location"); response.status != 303 || location != "/posts/a" {
		t.Errorf("%d %s", response.status, location)
	}
	wantPage(c, c.get("/posts/a"), 200, map[string]int{"<strong>Ada</strong>": 1, "one\ntwo \\ud83d": 1})
}

func TestABrokenFormComesBackWithWhatWasTyped(t *testing.T) {
	c := newClient(t)
	write(c, nil)
	wantPage(c, submit(c, "a", url.Values{"author": {`">Ada`}, "body": {" "}}), 422, map[string]int{
		`value="&#34;&gt;Ada"`: 1, `aria-invalid="true"`: 1, "Your comment must not be blank.": 1,
	})
	wantPage(c, submit(c, "a", nil), 422, map[string]int{`aria-invalid="true"`: 2})
	wantPage(c, submit(c, "a", url.Values{"author": {"\xff"}, "body": {"x"}}), 400, nil)
	if list := c.json(c.get("/api/posts/a/comments"), 200); list["total"] != 0.0 {
		t.Errorf("got %v", list)
	}
}
