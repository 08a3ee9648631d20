package web_test

import (
	"context"
	"database/sql"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"example.com/app/internal/web"
)

// What holds for every address of the server.

func TestTheServerIsHealthy(t *testing.T) {
	c := newClient(t)
	if body := c.json(c.get("/healthz"), 200); body["status"] != "ok" {
		t.Errorf("got %v", body)
	}
}

func TestTheServerIsNotHealthyWithoutItsTables(t *testing.T) {
	c := newClient(t)
	other, err := sql.Open("sqlite", c.file)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	if _, err := other.Exec("DROP TABLE goose_db_version"); err != nil {
		t.Fatal(err)
	}
	c.wantProblem(c.get("/healthz"), 503)
}

func TestAnUnknownPathUnderAPIIsAProblem(t *testing.T) {
	c := newClient(t)
	for _, path := range []string{"/api", "/api/", "/api/nothing", "/api/nothing/%ff"} {
		c.wantProblem(c.get(path), 404)
	}
}

func TestEveryResponseHasTheSecurityHeaders(t *testing.T) {
	c := newClient(t)
	for _, path := range []string{"/", "/healthz", "/api/nothing", "/nothing", "/static/style.css"} {
		for _, method := range []string{"GET", "HEAD", "POST"} {
			header := c.sendText(method, path, "", "").header
			if header.Get("X-Content-Type-Options") != "nosniff" || header.Get("Referrer-Policy") != "same-origin" ||
				!strings.HasPrefix(header.Get("Content-Security-Policy"), "default-src 'self'") {
				t.Errorf("%s %s: %v", method, path, header)
			}
		}
	}
}

func TestThePageAndAllThatItNamesAreServed(t *testing.T) {
	c := newClient(t)
	page := c.get("/")
	if contentType := page.header.Get("Content-Type"); page.status != 200 || contentType != "text/html; charset=utf-8" {
		t.Fatalf("%d %s", page.status, contentType)
	}
	files := regexp.MustCompile(`(?:href|src)="(/static/[^"]+)"`).FindAllStringSubmatch(page.text, -1)
	if len(files) == 0 {
		t.Error("the page names no file")
	}
	for _, found := range files {
		if file := c.get(found[1]); file.status != 200 || file.text == "" {
			t.Errorf("%s: %d", found[1], file.status)
		}
	}
}

func TestOnlyFilesBelowStaticAreServed(t *testing.T) {
	c := newClient(t)
	for _, path := range []string{
		"/static", "/static/", "/static/nothing.css", "/static/%2e%2e/openapi.json", "/static/..%2fopenapi.json",
		"/static/" + strings.Repeat("a", 300),
	} {
		if response := c.get(path); response.status == 200 {
			t.Errorf("%s was served: %s", path, response.text)
		}
	}
}

func TestAResponseIsCompressedWhereTheClientCanReadIt(t *testing.T) {
	c := newClient(t)
	request, err := http.NewRequest("GET", c.url+"/static/base.css", nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Accept-Encoding", "gzip")
	if encoding := c.do(request).header.Get("Content-Encoding"); encoding != "gzip" {
		t.Errorf("the encoding is %q", encoding)
	}
}

// description is what openapi.json says of the methods at each path.
func description(t *testing.T) map[string]map[string]json.RawMessage {
	t.Helper()
	text, err := os.ReadFile("../../openapi.json")
	if err != nil {
		t.Fatal(err)
	}
	var described struct {
		Paths map[string]map[string]json.RawMessage
	}
	if err := json.Unmarshal(text, &described); err != nil {
		t.Fatal(err)
	}
	return described.Paths
}

func TestTheDescriptionIsServedAsItIsInTheRepository(t *testing.T) {
	c := newClient(t)
	text, err := os.ReadFile("../../openapi.json")
	if response := c.get("/openapi.json"); err != nil || response.text != string(text) {
		t.Errorf("%v, or it differs", err)
	}
}

func TestEveryDescribedOperationIsRoutedAndNoOtherMethodIs(t *testing.T) {
	c := newClient(t)
	for path, operations := range description(t) {
		// Nothing has this id, so that nothing is changed.
		address := regexp.MustCompile(`\{\w+\}`).ReplaceAllString(path, "987654321")
		for _, method := range []string{"GET", "POST", "PUT", "PATCH", "DELETE", "TRACE"} {
			response := c.sendText(method, address, "", "")
			if _, described := operations[strings.ToLower(method)]; described == (response.status == 405) {
				t.Errorf("%s %s: %d", method, path, response.status)
			}
			if response.status == 405 {
				c.wantProblem(response, 405)
				if response.header.Get("Allow") == "" {
					t.Errorf("%s %s: no Allow", method, path)
				}
			}
		}
	}
}

func TestABodyHasToBeAJSONObjectOfBearableSize(t *testing.T) {
	c := newClient(t)
	const asJSON = "application/json"
	cases := []struct {
		contentType, body string
		status            int
	}{
		{"", "{}", 415},
		{"text/plain", "{}", 415},
		{"application/x-www-form-urlencoded", "a=b", 415},
		{asJSON, "", 400},
		{asJSON, "{", 400},
		{asJSON, "{}{}", 400},
		{asJSON, "[]", 400},
		{asJSON, "null", 400},
		{asJSON, `{"a": NaN}`, 400},
		{asJSON, "{\"a\": \"\xff\"}", 400},
		{asJSON, `{"a": "\ud83d"}`, 400},
		{asJSON, `{"a": "\udd80\ud83e"}`, 400},
		{asJSON, `{"a": "\ud83e\\udd80"}`, 400},
		{asJSON, "\ufeff{}", 400},
		{asJSON, strings.Repeat("[", 100_000), 400},
		{asJSON, strings.Repeat(" ", 1<<20+1), 413},
		// A whole pair of surrogates, and a backslash before letters that look like half of one.
		{asJSON, `{"a": "\ud83e\udd80 \\ud83e"}`, 422},
	}
	for path, operations := range description(t) {
		if body := string(operations["post"]); !strings.Contains(body, `"requestBody"`) || strings.Contains(path, "{") {
			continue
		}
		for _, one := range cases {
			response := c.sendText("POST", path, one.contentType, one.body)
			if response.status != one.status || response.header.Get("Content-Type") != "application/problem+json" {
				t.Errorf("%s %.40q: %d %s", one.contentType, one.body, response.status, response.text)
			}
		}
	}
}

func TestARequestThatHasBegunIsAnsweredBeforeTheServerStops(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	begun := make(chan bool)
	slow := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		close(begun)
		time.Sleep(200 * time.Millisecond)
		io.WriteString(w, "answered")
	})
	address := freeAddress(t)
	stopped := make(chan error, 1)
	go func() { stopped <- web.Serve(ctx, address, slow) }()
	waitFor(t, address)

	answered := make(chan string, 1)
	go func() {
		response, err := http.Get("http://" + address)
		if err != nil {
			answered <- err.Error()
			return
		}
		defer response.Body.Close()
		text, _ := io.ReadAll(response.Body)
		answered <- string(text)
	}()
	<-begun
	stop()
	if text := <-answered; text != "answered" {
		t.Error(text)
	}
	if err := <-stopped; err != nil {
		t.Error(err)
	}
}

func TestHalfARequestDoesNotHoldUpTheStop(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	address := freeAddress(t)
	stopped := make(chan error, 1)
	reader := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.Copy(w, r.Body) })
	go func() { stopped <- web.Serve(ctx, address, reader) }()
	connection := waitFor(t, address)
	if _, err := io.WriteString(connection, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nhal"); err != nil {
		t.Fatal(err)
	}
	stop()
	select {
	case err := <-stopped:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(4500 * time.Millisecond):
		t.Error("the server goes on")
	}
}

func freeAddress(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().String()
}

// waitFor connects to a server as soon as it listens.
func waitFor(t *testing.T, address string) net.Conn {
	t.Helper()
	for range 100 {
		connection, err := net.Dial("tcp", address)
		if err == nil {
			t.Cleanup(func() { connection.Close() })
			return connection
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Fatal("nobody listens")
	return nil
}
