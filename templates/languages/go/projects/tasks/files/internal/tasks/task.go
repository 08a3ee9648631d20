// Package tasks is what the task list is about: tasks, the rules for them, and how they are stored.
package tasks

import (
	"errors"
	"time"

	"example.com/app/internal/database"
	"example.com/app/internal/input"
	"example.com/app/internal/list"
)

// Task is a task as clients see it.
type Task struct {
	ID int64 `json:"id"`
	Content
	CreatedAt database.Time `json:"created_at"`
	UpdatedAt database.Time `json:"updated_at"`
}

// Content is the part of a task that its users write.
type Content struct {
	Title       string  `json:"title"`
	Description string  `json:"description"`
	Status      string  `json:"status"`
	Priority    string  `json:"priority"`
	Due         *string `json:"due"`
}

var (
	status   = input.Choice("todo", "doing", "done")
	priority = input.Choice("low", "normal", "high")
)

// NewContent reads a whole task: what was not sent has its default.
func NewContent(fields *input.Fields) (Content, error) {
	fields.Require("title")
	return Content{Status: "todo", Priority: "normal"}.With(fields)
}

// With is the content with the fields that were sent in place of its own.
func (c Content) With(fields *input.Fields) (Content, error) {
	input.Read(fields, "title", &c.Title, input.Line(1, 200))
	input.Read(fields, "description", &c.Description, input.Lines(0, 10_000))
	input.Read(fields, "status", &c.Status, status)
	input.Read(fields, "priority", &c.Priority, priority)
	input.Read(fields, "due", &c.Due, due)
	return c, fields.Err()
}

// due takes a day that exists, or null.
func due(sent any) (*string, error) {
	if sent == nil {
		return nil, nil
	}
	day, ok := sent.(string)
	if _, err := time.Parse(time.DateOnly, day); err != nil || !ok {
		return nil, errors.New("must be a day of the calendar, as 2030-05-01, or null")
	}
	return &day, nil
}

// Filter says which tasks a list shows, and in which order. An empty text stands for all tasks.
type Filter struct {
	Status, Priority, Search string
	Sort, Order              string
	Paging                   list.Paging
}

// ReadFilter takes a filter out of a query.
func ReadFilter(query *input.Fields) (Filter, error) {
	// The newest come first, unless the request says by what to sort.
	filter := Filter{Sort: "created_at", Order: "desc", Paging: list.ReadPaging(query)}
	if query.Has("sort") {
		filter.Order = "asc"
	}
	input.Read(query, "status", &filter.Status, status)
	input.Read(query, "priority", &filter.Priority, priority)
	input.Read(query, "q", &filter.Search, input.Text)
	input.Read(query, "sort", &filter.Sort, input.Choice("created_at", "due", "priority", "title"))
	input.Read(query, "order", &filter.Order, input.Choice("asc", "desc"))
	return filter, query.Err()
}
