package web

import (
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestAPanicIsAProblemUnlessTheResponseHasBegun(t *testing.T) {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /api/early", func(http.ResponseWriter, *http.Request) { panic("on purpose") })
	mux.HandleFunc("GET /api/late", func(w http.ResponseWriter, _ *http.Request) {
		io.WriteString(w, "begun")
		panic("on purpose")
	})
	mux.HandleFunc("GET /api/aborted", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })
	server := httptest.NewServer(around(mux))
	defer server.Close()

	status, text, err := get(server.URL + "/api/early")
	if err != nil || status != http.StatusInternalServerError || !strings.Contains(text, "something went wrong") {
		t.Errorf("early: %d %q %v", status, text, err)
	}
	for _, path := range []string{"/api/late", "/api/aborted"} {
		if status, text, err := get(server.URL + path); err == nil {
			t.Errorf("%s: a whole response, %d %q", path, status, text)
		}
	}
}

// A client that ends its side of the connection after the request still reads: a 200 would be a lie.
func TestARequestThatWasGivenUpHasNoResponse(t *testing.T) {
	mux := http.NewServeMux()
	mux.Handle("GET /api/slow", handler(func(_ http.ResponseWriter, r *http.Request) error {
		<-r.Context().Done()
		return r.Context().Err()
	}))
	server := httptest.NewServer(around(mux))
	defer server.Close()

	connection, err := net.Dial("tcp", server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer connection.Close()
	io.WriteString(connection, "GET /api/slow HTTP/1.1\r\nHost: localhost\r\n\r\n")
	if err := connection.(*net.TCPConn).CloseWrite(); err != nil {
		t.Fatal(err)
	}
	if response, _ := io.ReadAll(connection); len(response) > 0 {
		t.Errorf("a response: %q", response)
	}
}

func get(address string) (status int, text string, err error) {
	response, err := http.Get(address)
	if err != nil {
		return 0, "", err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	return response.StatusCode, string(body), err
}
