package chat

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"slices"
	"sync"
	"time"

	"example.com/app/internal/input"
)

// ErrNameTaken tells that somebody in the room has this name.
var ErrNameTaken = errors.New("somebody in this room has this name already")

const (
	// How many events may wait for one who reads slowly. Whoever is further behind is dropped.
	maxWaiting = 2000
	// How long clients may take to answer when the server closes their connections.
	closeTimeout = 1500 * time.Millisecond
)

// ReadMemberName reads under which name somebody joins.
func ReadMemberName(query *input.Fields) (string, error) {
	var name string
	query.Require("name")
	input.Read(query, "name", &name, input.Line(1, 40))
	return name, query.Err()
}

// Member is somebody in a room.
type Member struct {
	room int64
	name string
	// Whether the others see the member.
	joined bool
	// Events has what the member is to be sent. It is closed when the server stops.
	Events chan []byte
	// Ends the connection at once.
	drop func()
}

// Hub knows who is in which room.
type Hub struct {
	messages *Messages
	// Guards the maps, and what is in them.
	mutex sync.Mutex
	// In the order of joining.
	rooms map[int64][]*Member
	// A room's turn is taken while a message is stored and sent, so that members see the order of the history.
	turns map[int64]*sync.Mutex
	// The connections.
	open sync.WaitGroup
}

// NewHub is a hub without members, which stores what they say.
func NewHub(messages *Messages) *Hub {
	return &Hub{messages: messages, rooms: map[int64][]*Member{}, turns: map[int64]*sync.Mutex{}}
}

// Reserve keeps a name until Release, or returns ErrNameTaken. Nobody sees the member before Join.
func (h *Hub) Reserve(room int64, name string, drop func()) (*Member, error) {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	if slices.ContainsFunc(h.rooms[room], func(m *Member) bool { return m.name == name }) {
		return nil, ErrNameTaken
	}
	member := &Member{room: room, name: name, Events: make(chan []byte, maxWaiting), drop: drop}
	h.rooms[room] = append(h.rooms[room], member)
	h.open.Add(1)
	return member, nil
}

// Join tells the others, and tells the member who is there. It does nothing when Close was faster.
func (h *Hub) Join(member *Member) {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	if !slices.Contains(h.rooms[member.room], member) {
		return
	}
	h.broadcast(member.room, event{"type": "joined", "name": member.name})
	// The order of joining, not that of reserving.
	others := slices.DeleteFunc(h.rooms[member.room], func(m *Member) bool { return m == member })
	h.rooms[member.room] = append(others, member)
	member.joined = true
	var names []string
	for _, m := range h.rooms[member.room] {
		if m.joined {
			names = append(names, m.name)
		}
	}
	member.send(encode(event{"type": "welcome", "members": names}))
}

// Leave gives the name back, and tells the others. It may be called again.
func (h *Hub) Leave(member *Member) {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	if h.remove(member) {
		h.broadcast(member.room, event{"type": "left", "name": member.name})
	}
}

// Release ends what Reserve began, when the connection is gone.
func (h *Hub) Release(member *Member) {
	h.Leave(member)
	h.open.Done()
}

// remove tells whether the others saw the member.
func (h *Hub) remove(member *Member) bool {
	members := h.rooms[member.room]
	place := slices.Index(members, member)
	if place < 0 {
		return false
	}
	if h.rooms[member.room] = slices.Delete(members, place, place+1); len(members) == 1 {
		delete(h.rooms, member.room)
	}
	wasJoined := member.joined
	member.joined = false
	return wasJoined
}

// Say stores what a member says, and then sends it to all in the room.
func (h *Hub) Say(ctx context.Context, member *Member, text string) {
	turn := h.turn(member.room)
	turn.Lock()
	defer turn.Unlock()
	// Without the mutex: who joins or leaves, and other rooms, do not wait for the disk.
	m, err := h.messages.create(ctx, member.room, member.name, text)
	h.mutex.Lock()
	defer h.mutex.Unlock()
	if err != nil {
		slog.Error("a message could not be stored", "error", err)
		member.send(encode(event{"type": "error", "detail": "your message could not be stored"}))
		return
	}
	h.broadcast(member.room, event{
		"type": "message", "id": m.ID, "room_id": m.RoomID, "author": m.Author, "text": m.Text, "sent_at": m.SentAt,
	})
}

func (h *Hub) turn(room int64) *sync.Mutex {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	if h.turns[room] == nil {
		h.turns[room] = &sync.Mutex{}
	}
	return h.turns[room]
}

// Refuse tells one member alone what is wrong with a message.
func (h *Hub) Refuse(member *Member, detail string) {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	member.send(encode(event{"type": "error", "detail": detail}))
}

// Close ends all connections, and waits for a while until the clients have answered.
func (h *Hub) Close() {
	h.mutex.Lock()
	for _, members := range h.rooms {
		for _, member := range slices.Clone(members) {
			h.remove(member)
			close(member.Events)
		}
	}
	h.mutex.Unlock()
	closed := make(chan struct{})
	go func() {
		h.open.Wait()
		close(closed)
	}()
	select {
	case <-closed:
	case <-time.After(closeTimeout):
	}
}

type event map[string]any

// encode is done once for an event, whoever gets it.
func encode(e event) []byte {
	// There is nothing in an event that JSON has no form for.
	encoded, _ := json.Marshal(e)
	return encoded
}

func (h *Hub) broadcast(room int64, e event) {
	encoded := encode(e)
	for _, member := range h.rooms[room] {
		member.send(encoded)
	}
}

// send never waits: one who reads slowly holds up nobody else.
func (m *Member) send(encoded []byte) {
	if !m.joined {
		return
	}
	select {
	case m.Events <- encoded:
	default:
		m.drop()
	}
}
