package web_test

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/coder/websocket"
)

// socket is the connection of a member.
type socket struct {
	t          *testing.T
	connection *websocket.Conn
}

func dial(c *client, room, name string) (*websocket.Conn, *http.Response, error) {
	ctx, cancel := context.WithTimeout(c.t.Context(), 5*time.Second)
	defer cancel()
	address := "ws" + strings.TrimPrefix(c.url, "http") + room + "/live?name=" + url.QueryEscape(name)
	return websocket.Dial(ctx, address, nil)
}

func join(c *client, room, name string) *socket {
	c.t.Helper()
	connection, _, err := dial(c, room, name)
	if err != nil {
		c.t.Fatal(err)
	}
	c.t.Cleanup(func() { connection.CloseNow() })
	connection.SetReadLimit(1 << 20)
	joined := &socket{c.t, connection}
	members := joined.want("welcome")["members"].([]any)
	if last := members[len(members)-1]; last != strings.TrimSpace(name) {
		c.t.Errorf("%s sees %v", name, members)
	}
	return joined
}

// want reads the next event, which has to be of this type.
func (s *socket) want(kind string) object {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(s.t.Context(), 10*time.Second)
	defer cancel()
	_, text, err := s.connection.Read(ctx)
	if err != nil {
		s.t.Fatalf("no %s: %v", kind, err)
	}
	var event object
	if err := json.Unmarshal(text, &event); err != nil || event["type"] != kind {
		s.t.Fatalf("%s instead of %s, %v", text, kind, err)
	}
	return event
}

func (s *socket) send(kind websocket.MessageType, text string) {
	s.t.Helper()
	if err := s.connection.Write(s.t.Context(), kind, []byte(text)); err != nil {
		s.t.Fatal(err)
	}
}

func (s *socket) say(text string) {
	s.t.Helper()
	encoded, err := json.Marshal(object{"type": "message", "text": text})
	if err != nil {
		s.t.Fatal(err)
	}
	s.send(websocket.MessageText, string(encoded))
}

func TestWhatOneSaysAllHear(t *testing.T) {
	c := newClient(t)
	room := newRoom(c, "a")
	other := join(c, newRoom(c, "other"), "Ada")
	ada := join(c, room, " Ada ")
	bob := join(c, room, "Bob")
	if event := ada.want("joined"); event["name"] != "Bob" {
		t.Errorf("got %v", event)
	}
	bob.say(" 🦀\r\n ")
	heard, echo := ada.want("message"), bob.want("message")
	if fmt.Sprint(heard) != fmt.Sprint(echo) || heard["author"] != "Bob" || heard["text"] != " 🦀\n " || heard["room_id"] != 1.0 {
		t.Errorf("%v and %v", heard, echo)
	}
	bob.connection.Close(websocket.StatusNormalClosure, "")
	if event := ada.want("left"); event["name"] != "Bob" {
		t.Errorf("got %v", event)
	}
	// Nothing of this was sent to the other room.
	other.say("here")
	other.want("message")
}

func TestWhatStandsInTheWayIsTold(t *testing.T) {
	c := newClient(t)
	room := newRoom(c, "a")
	join(c, room, "Ada")
	for name, status := range map[string]int{"Ada": 409, " Ada ": 409, "": 422, "a\nb": 422, strings.Repeat("a", 41): 422} {
		if _, response, err := dial(c, room, name); err == nil || response.StatusCode != status {
			t.Errorf("%q: %v", name, err)
		}
		if response := c.get(room + "/live?name=" + url.QueryEscape(name)); response.status != status {
			t.Errorf("%q without an upgrade: %d", name, response.status)
		}
	}
	c.wantProblem(c.get(room+"/live"), 422, "name")
	free := c.get(room + "/live?name=Bob")
	c.wantProblem(free, 426)
	if free.header.Get("Upgrade") != "websocket" {
		t.Error("no Upgrade")
	}
	// Asking has not taken the name.
	join(c, room, "Bob")
}

func TestAPageOfAnotherSiteCannotJoin(t *testing.T) {
	c := newClient(t)
	address := "ws" + strings.TrimPrefix(c.url, "http") + newRoom(c, "a") + "/live?name=Ada"
	options := &websocket.DialOptions{HTTPHeader: http.Header{"Origin": {"https://example.org"}}}
	if _, response, err := websocket.Dial(t.Context(), address, options); err == nil || response.StatusCode != 403 {
		t.Errorf("got %v", err)
	}
}

func TestNonsenseIsAnErrorForItsSenderAlone(t *testing.T) {
	c := newClient(t)
	room := newRoom(c, "a")
	ada := join(c, room, "Ada")
	bob := join(c, room, "Bob")
	ada.want("joined")
	for _, text := range []string{
		"", "{", "[]", "null", `{"type": "message"}`, `{"type": "other", "text": "a"}`, `{"type": "message", "text": " "}`,
		`{"type": "message", "text": 5}`, `{"type": "message", "text": "\ud800"}`,
		`{"type": "message", "text": "` + strings.Repeat("x", 2001) + `"}`,
	} {
		bob.send(websocket.MessageText, text)
		if event := bob.want("error"); event["detail"] == "" {
			t.Errorf("%s: %v", text, event)
		}
	}
	bob.send(websocket.MessageBinary, `{"type": "message", "text": "a"}`)
	bob.want("error")
	bob.say("sense")
	bob.want("message")
	if event := ada.want("message"); event["text"] != "sense" {
		t.Errorf("got %v", event)
	}
}

func TestAnErrorNamesTheFirstFieldByItsName(t *testing.T) {
	c := newClient(t)
	ada := join(c, newRoom(c, "a"), "Ada")
	for range 20 {
		ada.send(websocket.MessageText, `{"type": "other", "text": " "}`)
		if detail := ada.want("error")["detail"].(string); !strings.HasPrefix(detail, "text ") {
			t.Fatalf("got %s", detail)
		}
	}
}

func TestAMessageThatWaitsForTheDatabaseHoldsUpNobodyElse(t *testing.T) {
	c := newClient(t)
	room := newRoom(c, "a")
	other := newRoom(c, "other")
	ada := join(c, room, "Ada")
	db, err := sql.Open("sqlite", c.file)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	lock, err := db.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := lock.ExecContext(t.Context(), "BEGIN IMMEDIATE"); err != nil {
		t.Fatal(err)
	}
	ada.say("waits")
	time.Sleep(200 * time.Millisecond)
	join(c, room, "Bob")
	join(c, other, "Cem")
	// Nothing but the joining has come to Ada: the message waits still.
	ada.want("joined")
	if _, err := lock.ExecContext(t.Context(), "ROLLBACK"); err != nil {
		t.Fatal(err)
	}
	if event := ada.want("message"); event["text"] != "waits" {
		t.Errorf("got %v", event)
	}
}

func TestABrokenConnectionTouchesNoOther(t *testing.T) {
	c := newClient(t)
	room := newRoom(c, "a")
	ada := join(c, room, "Ada")
	for text, status := range map[string]websocket.StatusCode{
		"\xff": websocket.StatusInvalidFramePayloadData, strings.Repeat("x", 65_537): websocket.StatusMessageTooBig,
	} {
		bob := join(c, room, "Bob")
		ada.want("joined")
		bob.send(websocket.MessageText, text)
		if _, _, err := bob.connection.Read(t.Context()); websocket.CloseStatus(err) != status {
			t.Errorf("got %v", err)
		}
		ada.want("left")
	}
	ada.say("still here")
	ada.want("message")
}

func TestTheReasonOfAClosingHoldsInALargeRoom(t *testing.T) {
	c := newClient(t)
	room := newRoom(c, "a")
	for number := range 100 {
		join(c, room, fmt.Sprint("member ", number))
	}
	for range 20 {
		bob := join(c, room, "Bob")
		bob.send(websocket.MessageText, "\xff")
		_, _, err := bob.connection.Read(t.Context())
		if websocket.CloseStatus(err) != websocket.StatusInvalidFramePayloadData {
			t.Fatalf("got %v", err)
		}
		bob.connection.CloseNow()
	}
}

func TestAClientThatAnswersNoPingHasLeft(t *testing.T) {
	c := newClient(t)
	room := newRoom(c, "a")
	ada := join(c, room, "Ada")
	// A connection answers pings while it is read: this one is not.
	join(c, room, "Bob")
	ada.want("joined")
	start := time.Now()
	ada.want("left")
	if after := time.Since(start); after < 2*time.Second || after > 7*time.Second {
		t.Errorf("after %s", after)
	}
}

func TestACrowdHearsEveryMessageInTheOrderOfTheHistory(t *testing.T) {
	c := newClient(t)
	room := newRoom(c, "a")
	var members []*socket
	for number := range 10 {
		members = append(members, join(c, room, fmt.Sprint("member ", number)))
		for _, member := range members[:number] {
			member.want("joined")
		}
	}
	heard := make([]string, len(members))
	var group sync.WaitGroup
	for place, member := range members {
		group.Go(func() {
			for number := range 20 {
				member.say(fmt.Sprint(number))
			}
			for range 20 * len(members) {
				heard[place] += fmt.Sprint(member.want("message")["id"], " ")
			}
		})
	}
	group.Wait()
	for _, ids := range heard {
		if ids != heard[0] || !strings.HasPrefix(ids, "1 2 3 ") {
			t.Errorf("%s instead of %s", ids, heard[0])
		}
	}
}
