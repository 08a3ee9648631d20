package tasks

import (
	"context"
	"database/sql"
	"reflect"
	"time"

	"example.com/app/internal/database"
	"example.com/app/internal/list"
)

// Store has the tasks in the database. Where there is no task with an id, its methods return sql.ErrNoRows.
type Store struct {
	db *database.DB
}

// NewStore is the store of the tasks in this database.
func NewStore(db *database.DB) *Store {
	return &Store{db}
}

const columns = "id, title, description, status, priority, due, created_at, updated_at"

func scan(row list.Row) (Task, error) {
	var t Task
	err := row.Scan(&t.ID, &t.Title, &t.Description, &t.Status, &t.Priority, &t.Due, &t.CreatedAt, &t.UpdatedAt)
	return t, err
}

// Create stores a new task.
func (s *Store) Create(ctx context.Context, c Content) (Task, error) {
	now := database.Now()
	var task Task
	err := s.db.Write(ctx, func(tx *sql.Tx) (err error) {
		task, err = scan(tx.QueryRowContext(ctx,
			`INSERT INTO tasks (title, description, status, priority, due, created_at, updated_at)
			VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING `+columns,
			c.Title, c.Description, c.Status, c.Priority, c.Due, now, now))
		return err
	})
	return task, err
}

const find = "SELECT " + columns + " FROM tasks WHERE id = ?"

// Find reads one task.
func (s *Store) Find(ctx context.Context, id int64) (Task, error) {
	return scan(s.db.Readers.QueryRowContext(ctx, find, id))
}

// List reads a page of the tasks that the filter selects.
func (s *Store) List(ctx context.Context, filter Filter) (list.Page[Task], error) {
	key := map[string]string{
		"created_at": "created_at",
		// Tasks without a day come last, whatever the order.
		"due":      "due IS NULL, due",
		"priority": "CASE priority WHEN 'low' THEN 1 WHEN 'normal' THEN 2 ELSE 3 END",
		"title":    "title COLLATE NOCASE",
	}[filter.Sort]
	var where list.Where
	if filter.Status != "" {
		where.Add("status = ?", filter.Status)
	}
	if filter.Priority != "" {
		where.Add("priority = ?", filter.Priority)
	}
	if filter.Search != "" {
		where.Search(filter.Search, "title", "description")
	}
	return list.Find(ctx, s.db.Readers, list.Query{
		Columns: columns,
		From:    "tasks" + where.SQL(),
		Args:    where.Args,
		OrderBy: key + " " + filter.Order + ", id " + filter.Order,
	}, filter.Paging, scan)
}

// Update stores what edit makes of a task. It reads and writes in one transaction: of two changes at once, the
// second sees the first.
func (s *Store) Update(ctx context.Context, id int64, edit func(Content) (Content, error)) (Task, error) {
	var task Task
	err := s.db.Write(ctx, func(tx *sql.Tx) (err error) {
		if task, err = scan(tx.QueryRowContext(ctx, find, id)); err != nil {
			return err
		}
		c, err := edit(task.Content)
		if err != nil || reflect.DeepEqual(c, task.Content) {
			return err
		}
		now := database.Now()
		if !now.After(task.UpdatedAt.Time) {
			// The clock has not moved on, or was set back.
			now.Time = task.UpdatedAt.Add(time.Microsecond)
		}
		task, err = scan(tx.QueryRowContext(ctx,
			`UPDATE tasks SET title = ?, description = ?, status = ?, priority = ?, due = ?, updated_at = ?
			WHERE id = ? RETURNING `+columns,
			c.Title, c.Description, c.Status, c.Priority, c.Due, now, id))
		return err
	})
	return task, err
}

// Delete removes a task.
func (s *Store) Delete(ctx context.Context, id int64) error {
	return s.db.Write(ctx, func(tx *sql.Tx) error {
		return tx.QueryRowContext(ctx, "DELETE FROM tasks WHERE id = ? RETURNING id", id).Scan(&id)
	})
}
