// Package chat is what the chat is about: rooms, their messages, and who is in which room at this moment.
package chat

import (
	"context"
	"database/sql"
	"errors"
	"regexp"

	"example.com/app/internal/database"
	"example.com/app/internal/input"
	"example.com/app/internal/list"
)

// ErrRoomExists tells that the name of a new room is taken.
var ErrRoomExists = errors.New("there is a room of this name already")

// Room is a room as clients see it.
type Room struct {
	ID        int64         `json:"id"`
	Name      string        `json:"name"`
	CreatedAt database.Time `json:"created_at"`
}

var roomName = regexp.MustCompile(`^[a-z0-9-]*$`)

// ReadRoomName reads the name of a new room.
func ReadRoomName(fields *input.Fields) (string, error) {
	var name string
	fields.Require("name")
	input.Read(fields, "name", &name, func(sent any) (string, error) {
		line, err := input.Line(1, 40)(sent)
		if err == nil && !roomName.MatchString(line) {
			err = errors.New("must have no other characters than a-z, 0-9 and -")
		}
		return line, err
	})
	return name, fields.Err()
}

// Rooms are the rooms in the database.
type Rooms struct {
	db *database.DB
}

// NewRooms are the rooms in this database.
func NewRooms(db *database.DB) *Rooms {
	return &Rooms{db}
}

func scanRoom(row list.Row) (Room, error) {
	var r Room
	err := row.Scan(&r.ID, &r.Name, &r.CreatedAt)
	return r, err
}

// Create stores a new room, or returns ErrRoomExists.
func (s *Rooms) Create(ctx context.Context, name string) (room Room, err error) {
	err = s.db.Write(ctx, func(tx *sql.Tx) error {
		room, err = scanRoom(tx.QueryRowContext(ctx,
			"INSERT INTO rooms (name, created_at) VALUES (?, ?) ON CONFLICT DO NOTHING RETURNING id, name, created_at",
			name, database.Now()))
		if errors.Is(err, sql.ErrNoRows) {
			return ErrRoomExists
		}
		return err
	})
	return room, err
}

// Find reads one room, or returns sql.ErrNoRows.
func (s *Rooms) Find(ctx context.Context, id int64) (Room, error) {
	return scanRoom(s.db.Readers.QueryRowContext(ctx, "SELECT id, name, created_at FROM rooms WHERE id = ?", id))
}

// List reads a page of the rooms, by name.
func (s *Rooms) List(ctx context.Context, paging list.Paging) (list.Page[Room], error) {
	query := list.Query{Columns: "id, name, created_at", From: "rooms", OrderBy: "name"}
	return list.Find(ctx, s.db.Readers, query, paging, scanRoom)
}
