package blog

import (
	"context"
	"database/sql"
	"encoding/json"
	"reflect"
	"time"

	"example.com/app/internal/database"
	"example.com/app/internal/list"
)

// Posts are the posts in the database. Where there is none with a slug, its methods return sql.ErrNoRows.
type Posts struct {
	db *database.DB
}

// NewPosts are the posts in this database.
func NewPosts(db *database.DB) *Posts {
	return &Posts{db}
}

// The tags are a JSON array.
const postColumns = `id, slug, title, body, published, created_at, updated_at, published_at,
	(SELECT json_group_array(tag ORDER BY position) FROM post_tags WHERE post_id = posts.id)`

func scanPost(row list.Row) (Post, error) {
	var p Post
	var tags []byte
	err := row.Scan(&p.ID, &p.Slug, &p.Title, &p.Body, &p.Published, &p.CreatedAt, &p.UpdatedAt, &p.PublishedAt, &tags)
	if err != nil {
		return p, err
	}
	err = json.Unmarshal(tags, &p.Tags)
	return p, err
}

// querier is a pool of connections, or a transaction.
type querier interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

func findPost(ctx context.Context, db querier, slug string) (Post, error) {
	return scanPost(db.QueryRowContext(ctx, "SELECT "+postColumns+" FROM posts WHERE slug = ?", slug))
}

// Find reads one post, also a draft.
func (s *Posts) Find(ctx context.Context, slug string) (Post, error) {
	return findPost(ctx, s.db.Readers, slug)
}

// FindPublished reads one post; for readers a draft is not there.
func (s *Posts) FindPublished(ctx context.Context, slug string) (Post, error) {
	post, err := s.Find(ctx, slug)
	if err == nil && !post.Published {
		return post, sql.ErrNoRows
	}
	return post, err
}

// List reads a page of the published posts that the filter selects, the newest first.
func (s *Posts) List(ctx context.Context, filter PostFilter) (list.Page[Post], error) {
	var where list.Where
	where.Add("published = 1")
	if filter.Tag != "" {
		where.Add("EXISTS (SELECT 1 FROM post_tags WHERE post_id = posts.id AND tag = ?)", filter.Tag)
	}
	if filter.Search != "" {
		where.Search(filter.Search, "title", "body")
	}
	return list.Find(ctx, s.db.Readers, list.Query{
		Columns: postColumns,
		From:    "posts" + where.SQL(),
		Args:    where.Args,
		OrderBy: "published_at DESC, id DESC",
	}, filter.Paging, scanPost)
}

// Create stores a new post, under a slug made from its title.
func (s *Posts) Create(ctx context.Context, c PostContent) (Post, error) {
	now := database.Now()
	post := Post{PostContent: c, CreatedAt: now, UpdatedAt: now}
	if c.Published {
		post.PublishedAt = &now
	}
	err := s.db.Write(ctx, func(tx *sql.Tx) (err error) {
		if post.Slug, err = freeSlug(ctx, tx, c.Title); err != nil {
			return err
		}
		insert := tx.QueryRowContext(ctx,
			`INSERT INTO posts (slug, title, body, published, created_at, updated_at, published_at)
			VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id`,
			post.Slug, c.Title, c.Body, c.Published, now, now, post.PublishedAt)
		if err := insert.Scan(&post.ID); err != nil {
			return err
		}
		return setTags(ctx, tx, post)
	})
	return post, err
}

// Update stores what edit makes of a post. The slug stays as it is: links lead to it.
func (s *Posts) Update(ctx context.Context, slug string, edit func(PostContent) (PostContent, error)) (Post, error) {
	var post Post
	err := s.db.Write(ctx, func(tx *sql.Tx) (err error) {
		if post, err = findPost(ctx, tx, slug); err != nil {
			return err
		}
		c, err := edit(post.PostContent)
		if err != nil || reflect.DeepEqual(c, post.PostContent) {
			return err
		}
		now := database.Now()
		if !now.After(post.UpdatedAt.Time) {
			// The clock has not moved on, or was set back.
			now.Time = post.UpdatedAt.Add(time.Microsecond)
		}
		post.PostContent, post.UpdatedAt = c, now
		if c.Published && post.PublishedAt == nil {
			post.PublishedAt = &now
		}
		_, err = tx.ExecContext(ctx,
			"UPDATE posts SET title = ?, body = ?, published = ?, updated_at = ?, published_at = ? WHERE id = ?",
			c.Title, c.Body, c.Published, now, post.PublishedAt, post.ID)
		if err != nil {
			return err
		}
		return setTags(ctx, tx, post)
	})
	return post, err
}

func setTags(ctx context.Context, tx *sql.Tx, post Post) error {
	if _, err := tx.ExecContext(ctx, "DELETE FROM post_tags WHERE post_id = ?", post.ID); err != nil {
		return err
	}
	for position, tag := range post.Tags {
		_, err := tx.ExecContext(ctx, "INSERT INTO post_tags (post_id, tag, position) VALUES (?, ?, ?)", post.ID, tag, position)
		if err != nil {
			return err
		}
	}
	return nil
}

// Delete removes a post; its tags and comments go with it (ON DELETE CASCADE).
func (s *Posts) Delete(ctx context.Context, slug string) error {
	return s.db.Write(ctx, func(tx *sql.Tx) error {
		return tx.QueryRowContext(ctx, "DELETE FROM posts WHERE slug = ? RETURNING slug", slug).Scan(&slug)
	})
}
