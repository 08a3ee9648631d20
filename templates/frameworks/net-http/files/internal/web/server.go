package web

import (
	"context"
	"log/slog"
	"net"
	"net/http"
	"time"
)

// How long requests may go on once the server is told to stop.
const gracePeriod = 3 * time.Second

// Serve listens until ctx is done. Then it takes no new connection, and lets the requests that have begun end.
func Serve(ctx context.Context, address string, handler http.Handler) error {
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return err
	}
	slog.Info("listening", "url", "http://"+listener.Addr().String())
	server := &http.Server{
		Handler: handler,
		// A client that is slow or silent does not keep its connection for ever.
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       30 * time.Second,
		// A handler that streams for longer moves its own limit: http.ResponseController.SetWriteDeadline.
		WriteTimeout: 30 * time.Second,
		IdleTimeout:  60 * time.Second,
		ErrorLog:     slog.NewLogLogger(slog.Default().Handler(), slog.LevelWarn),
	}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	slog.Info("stopping")
	ctx, cancel := context.WithTimeout(context.Background(), gracePeriod)
	defer cancel()
	if server.Shutdown(ctx) != nil {
		slog.Warn("some requests did not end in time")
		return server.Close()
	}
	return nil
}
