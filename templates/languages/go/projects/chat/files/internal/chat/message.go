package chat

import (
	"context"
	"database/sql"
	"math"
	"slices"

	"example.com/app/internal/database"
	"example.com/app/internal/input"
)

// Message is a message as clients see it.
type Message struct {
	ID     int64         `json:"id"`
	RoomID int64         `json:"room_id"`
	Author string        `json:"author"`
	Text   string        `json:"text"`
	SentAt database.Time `json:"sent_at"`
}

// ReadText reads what a member says.
func ReadText(fields *input.Fields) (string, error) {
	var kind, text string
	fields.Require("type", "text")
	input.Read(fields, "type", &kind, input.Choice("message"))
	input.Read(fields, "text", &text, input.Lines(1, 2000))
	return text, fields.Err()
}

// History is a part of what was said in a room, the oldest first.
type History struct {
	Items []Message `json:"items"`
	// Whether there are older messages still.
	HasMore bool `json:"has_more"`
}

// Span says which part of a history is asked for: the newest messages before one.
type Span struct {
	Before, Limit int
}

// ReadSpan takes a span out of a query.
func ReadSpan(query *input.Fields) (Span, error) {
	span := Span{Before: math.MaxInt, Limit: 50}
	input.Read(query, "before", &span.Before, input.Digits(1, math.MaxInt))
	input.Read(query, "limit", &span.Limit, input.Digits(1, 100))
	return span, query.Err()
}

// Messages are the messages in the database.
type Messages struct {
	db *database.DB
}

// NewMessages are the messages in this database.
func NewMessages(db *database.DB) *Messages {
	return &Messages{db}
}

// History reads a part of what was said in a room.
func (s *Messages) History(ctx context.Context, room int64, span Span) (History, error) {
	history := History{Items: []Message{}}
	// One more than asked for tells whether there are older ones.
	rows, err := s.db.Readers.QueryContext(ctx,
		"SELECT id, room_id, author, text, sent_at FROM messages WHERE room_id = ? AND id < ? ORDER BY id DESC LIMIT ?",
		room, span.Before, span.Limit+1)
	if err != nil {
		return history, err
	}
	defer rows.Close()
	for rows.Next() {
		if len(history.Items) == span.Limit {
			history.HasMore = true
			break
		}
		var m Message
		if err := rows.Scan(&m.ID, &m.RoomID, &m.Author, &m.Text, &m.SentAt); err != nil {
			return history, err
		}
		history.Items = append(history.Items, m)
	}
	slices.Reverse(history.Items)
	return history, rows.Err()
}

func (s *Messages) create(ctx context.Context, room int64, author, text string) (Message, error) {
	message := Message{RoomID: room, Author: author, Text: text, SentAt: database.Now()}
	err := s.db.Write(ctx, func(tx *sql.Tx) error {
		insert := tx.QueryRowContext(ctx,
			"INSERT INTO messages (room_id, author, text, sent_at) VALUES (?, ?, ?, ?) RETURNING id",
			room, author, text, message.SentAt)
		return insert.Scan(&message.ID)
	})
	return message, err
}
