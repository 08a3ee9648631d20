package web

import (
	"log/slog"
	"net/http"
	"runtime/debug"
	"time"

	"github.com/klauspost/compress/gzhttp"
)

// Scripts, styles and images from this server only, and none inside a page's text.
const contentPolicy = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

// around is what each request passes before it reaches its handler, from the outside in.
func around(mux *http.ServeMux) http.Handler {
	return gzhttp.GzipHandler(logRequests(setHeaders(explain(mux))))
}

func setHeaders(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", contentPolicy)
		w.Header().Set("Referrer-Policy", "same-origin")
		w.Header().Set("X-Content-Type-Options", "nosniff")
		next.ServeHTTP(w, r)
	})
}

func logRequests(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := time.Now()
		recorder := &recorder{ResponseWriter: w}
		defer func() {
			cause := recover()
			if cause != nil && cause != http.ErrAbortHandler {
				slog.Error("a handler panicked", "cause", cause, "stack", string(debug.Stack()))
			}
			isAborted := cause == http.ErrAbortHandler || cause != nil && recorder.status != 0
			if cause != nil && !isAborted {
				respondWithError(recorder, r, &problem{status: http.StatusInternalServerError, detail: "something went wrong on the server"})
			}
			// A status of 0 says that no response was sent: the client is gone.
			slog.Info("request", "method", r.Method, "path", r.URL.Path, "status", recorder.status, "duration", time.Since(start))
			if isAborted || recorder.status == 0 {
				// What has begun cannot become another response, and one who only looks gone must not get net/http's
				// 200 for what was given up. The server closes the connection, and logs nothing.
				panic(http.ErrAbortHandler)
			}
		}()
		next.ServeHTTP(recorder, r)
		if recorder.status == 0 && r.Context().Err() == nil {
			// net/http sends it for a handler that writes nothing.
			recorder.status = http.StatusOK
		}
	})
}

// A recorder has the status of the response for the log: 0 until the response begins.
type recorder struct {
	http.ResponseWriter
	status int
}

func (r *recorder) WriteHeader(status int) {
	r.status = status
	r.ResponseWriter.WriteHeader(status)
}

func (r *recorder) Write(text []byte) (int, error) {
	if r.status == 0 {
		r.status = http.StatusOK
	}
	return r.ResponseWriter.Write(text)
}

// Unwrap lets http.ResponseController reach what the recorder does not have.
func (r *recorder) Unwrap() http.ResponseWriter {
	return r.ResponseWriter
}
