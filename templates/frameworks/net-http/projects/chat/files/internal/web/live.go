package web

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/coder/websocket"

	"example.com/app/internal/chat"
	"example.com/app/internal/input"
)

const maxMessageBytes = 65_536

type liveHandlers struct {
	rooms        *chat.Rooms
	hub          *chat.Hub
	pingInterval time.Duration
}

// join makes a WebSocket of the request. What stands in the way is told before that: a socket that does not open gives
// its page no reason, so the page asks again without an upgrade.
func (l liveHandlers) join(w http.ResponseWriter, r *http.Request) error {
	room, err := l.rooms.Find(r.Context(), pathID(r))
	if err != nil {
		return err
	}
	name, err := chat.ReadMemberName(input.FromURL(r.URL.Query()))
	if err != nil {
		return err
	}
	// The context of a request says nothing of a connection that has become a WebSocket.
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	member, err := l.hub.Reserve(room.ID, name, cancel)
	if err != nil {
		return err
	}
	defer l.hub.Release(member)
	if !strings.EqualFold(r.Header.Get("Upgrade"), "websocket") {
		w.Header().Set("Connection", "Upgrade")
		w.Header().Set("Upgrade", "websocket")
		return &problem{status: http.StatusUpgradeRequired, detail: "this address needs a WebSocket"}
	}
	socket, err := websocket.Accept(w, r, nil)
	if err != nil {
		// The client has been told: Accept also refuses pages of other sites.
		slog.Debug("no WebSocket", "error", err)
		return nil
	}
	defer socket.CloseNow()
	socket.SetReadLimit(maxMessageBytes)
	l.hub.Join(member)
	go write(ctx, cancel, socket, member)
	go l.ping(ctx, cancel, socket)
	l.read(ctx, socket, member)
	return nil
}

// read takes what the client sends until the connection ends.
func (l liveHandlers) read(ctx context.Context, socket *websocket.Conn, member *chat.Member) {
	for {
		kind, message, err := socket.Read(ctx)
		if err != nil {
			return
		}
		if kind == websocket.MessageText && !utf8.Valid(message) {
			l.hub.Leave(member)
			socket.Close(websocket.StatusInvalidFramePayloadData, "a text has to be UTF-8")
			return
		}
		text, err := readMessage(kind, message)
		if err != nil {
			l.hub.Refuse(member, err.Error())
			continue
		}
		l.hub.Say(ctx, member, text)
	}
}

func readMessage(kind websocket.MessageType, message []byte) (string, error) {
	var values map[string]any
	if kind != websocket.MessageText || !isUnicode(message) || json.Unmarshal(message, &values) != nil {
		return "", errors.New("a message has to be a JSON object as text")
	}
	text, err := chat.ReadText(input.FromJSON(values))
	var invalid input.Errors
	if errors.As(err, &invalid) {
		field := slices.Min(slices.Collect(maps.Keys(invalid)))
		return "", errors.New(field + " " + invalid[field][0])
	}
	return text, err
}

// write sends the events of a member while the connection lasts. There are no more when the server stops.
func write(ctx context.Context, cancel context.CancelFunc, socket *websocket.Conn, member *chat.Member) {
	for {
		select {
		case <-ctx.Done():
			return
		case event, more := <-member.Events:
			if !more {
				socket.Close(websocket.StatusGoingAway, "the server stops")
				return
			}
			if socket.Write(ctx, websocket.MessageText, event) != nil {
				cancel()
				return
			}
		}
	}
}

// ping ends a connection whose client has not answered a ping by the time of the next one.
func (l liveHandlers) ping(ctx context.Context, cancel context.CancelFunc, socket *websocket.Conn) {
	defer cancel()
	for {
		select {
		case <-ctx.Done():
			return
		case <-time.After(l.pingInterval):
		}
		inTime, done := context.WithTimeout(ctx, l.pingInterval)
		err := socket.Ping(inTime)
		done()
		if err != nil {
			return
		}
	}
}
