// Package list reads lists from the database, page by page.
package list

import (
	"context"
	"database/sql"
	"math"

	"example.com/app/internal/input"
)

// Paging says which part of a list is asked for. Pages count from 1.
type Paging struct {
	Page, PerPage int
}

// ReadPaging takes page and per_page out of a query.
func ReadPaging(query *input.Fields) Paging {
	paging := Paging{Page: 1, PerPage: 20}
	input.Read(query, "page", &paging.Page, input.Digits(1, math.MaxInt))
	input.Read(query, "per_page", &paging.PerPage, input.Digits(1, 100))
	return paging
}

// offset is how many items stand on the pages before. A page far past the end is empty, not an overflow.
func (p Paging) offset() int {
	return min(p.Page-1, math.MaxInt/p.PerPage) * p.PerPage
}

// Page is one page of a list; Total counts the items on all pages.
type Page[T any] struct {
	Items   []T `json:"items"`
	Page    int `json:"page"`
	PerPage int `json:"per_page"`
	Total   int `json:"total"`
}

// Query is a SELECT in parts.
type Query struct {
	Columns string
	// The table, and the conditions with a `?` for each of Args.
	From string
	Args []any
	// By what the list is sorted; the last key is unique, so that no item is on two pages.
	OrderBy string
}

// Row is a *sql.Row or *sql.Rows.
type Row interface {
	Scan(targets ...any) error
}

// Find reads a page, and counts all items in the same transaction: both see the same rows.
func Find[T any](ctx context.Context, db *sql.DB, query Query, paging Paging, scan func(Row) (T, error)) (Page[T], error) {
	page := Page[T]{Items: []T{}, Page: paging.Page, PerPage: paging.PerPage}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return page, err
	}
	defer tx.Rollback() // There is nothing to commit.
	count := tx.QueryRowContext(ctx, "SELECT count(*) FROM "+query.From, query.Args...)
	if err := count.Scan(&page.Total); err != nil {
		return page, err
	}
	statement := "SELECT " + query.Columns + " FROM " + query.From + " ORDER BY " + query.OrderBy + " LIMIT ? OFFSET ?"
	rows, err := tx.QueryContext(ctx, statement, append(query.Args, paging.PerPage, paging.offset())...)
	if err != nil {
		return page, err
	}
	defer rows.Close()
	for rows.Next() {
		item, err := scan(rows)
		if err != nil {
			return page, err
		}
		page.Items = append(page.Items, item)
	}
	return page, rows.Err()
}
