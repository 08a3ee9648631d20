package blog

import (
	"context"
	"database/sql"
	"errors"

	"example.com/app/internal/database"
	"example.com/app/internal/input"
	"example.com/app/internal/list"
)

// ErrDraft tells that a post takes no comments yet.
var ErrDraft = errors.New("a draft takes no comments")

// Comment is a comment as clients see it.
type Comment struct {
	ID int64 `json:"id"`
	CommentContent
	CreatedAt database.Time `json:"created_at"`
}

// CommentContent is the part of a comment that a reader writes.
type CommentContent struct {
	Author string `json:"author"`
	Body   string `json:"body"`
}

// ReadCommentContent reads a comment that was sent as JSON, or by a form.
func ReadCommentContent(fields *input.Fields) (CommentContent, error) {
	var c CommentContent
	fields.Require("author", "body")
	input.Read(fields, "author", &c.Author, input.Line(1, 80))
	input.Read(fields, "body", &c.Body, input.Lines(1, 2000))
	return c, fields.Err()
}

// Comments are the comments in the database.
type Comments struct {
	db *database.DB
}

// NewComments are the comments in this database.
func NewComments(db *database.DB) *Comments {
	return &Comments{db}
}

// Create stores a comment on a post, or returns ErrDraft.
func (s *Comments) Create(ctx context.Context, slug string, c CommentContent) (Comment, error) {
	comment := Comment{CommentContent: c, CreatedAt: database.Now()}
	err := s.db.Write(ctx, func(tx *sql.Tx) error {
		post, err := findPost(ctx, tx, slug)
		if err != nil {
			return err
		}
		if !post.Published {
			return ErrDraft
		}
		insert := tx.QueryRowContext(ctx,
			"INSERT INTO comments (post_id, author, body, created_at) VALUES (?, ?, ?, ?) RETURNING id",
			post.ID, c.Author, c.Body, comment.CreatedAt)
		return insert.Scan(&comment.ID)
	})
	return comment, err
}

// List reads a page of the comments on a post, the oldest first.
func (s *Comments) List(ctx context.Context, slug string, paging list.Paging) (list.Page[Comment], error) {
	post, err := findPost(ctx, s.db.Readers, slug)
	if err != nil {
		return list.Page[Comment]{}, err
	}
	return list.Find(ctx, s.db.Readers, list.Query{
		Columns: "id, author, body, created_at",
		From:    "comments WHERE post_id = ?",
		Args:    []any{post.ID},
		OrderBy: "created_at, id",
	}, paging, scanComment)
}

func scanComment(row list.Row) (Comment, error) {
	var c Comment
	err := row.Scan(&c.ID, &c.Author, &c.Body, &c.CreatedAt)
	return c, err
}
