package web

import (
	"fmt"
	"net/http"

	"example.com/app/internal/chat"
	"example.com/app/internal/input"
	"example.com/app/internal/list"
)

type roomHandlers struct {
	rooms    *chat.Rooms
	messages *chat.Messages
}

func (h roomHandlers) list(w http.ResponseWriter, r *http.Request) error {
	query := input.FromURL(r.URL.Query())
	paging := list.ReadPaging(query)
	if err := query.Err(); err != nil {
		return err
	}
	page, err := h.rooms.List(r.Context(), paging)
	if err != nil {
		return err
	}
	return respond(w, http.StatusOK, page)
}

func (h roomHandlers) create(w http.ResponseWriter, r *http.Request) error {
	fields, err := readJSON(w, r)
	if err != nil {
		return err
	}
	name, err := chat.ReadRoomName(fields)
	if err != nil {
		return err
	}
	room, err := h.rooms.Create(r.Context(), name)
	if err != nil {
		return err
	}
	w.Header().Set("Location", fmt.Sprintf("/api/rooms/%d", room.ID))
	return respond(w, http.StatusCreated, room)
}

func (h roomHandlers) show(w http.ResponseWriter, r *http.Request) error {
	room, err := h.rooms.Find(r.Context(), pathID(r))
	if err != nil {
		return err
	}
	return respond(w, http.StatusOK, room)
}

func (h roomHandlers) history(w http.ResponseWriter, r *http.Request) error {
	room, err := h.rooms.Find(r.Context(), pathID(r))
	if err != nil {
		return err
	}
	span, err := chat.ReadSpan(input.FromURL(r.URL.Query()))
	if err != nil {
		return err
	}
	history, err := h.messages.History(r.Context(), room.ID, span)
	if err != nil {
		return err
	}
	return respond(w, http.StatusOK, history)
}
