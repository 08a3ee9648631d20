package web

import (
	"net/http"

	"example.com/app/internal/blog"
	"example.com/app/internal/input"
	"example.com/app/internal/list"
)

type commentHandlers struct {
	comments *blog.Comments
}

func (c commentHandlers) list(w http.ResponseWriter, r *http.Request) error {
	query := input.FromURL(r.URL.Query())
	paging := list.ReadPaging(query)
	if err := query.Err(); err != nil {
		return err
	}
	page, err := c.comments.List(r.Context(), r.PathValue("slug"), paging)
	if err != nil {
		return err
	}
	return respond(w, http.StatusOK, page)
}

func (c commentHandlers) create(w http.ResponseWriter, r *http.Request) error {
	fields, err := readJSON(w, r)
	if err != nil {
		return err
	}
	content, err := blog.ReadCommentContent(fields)
	if err != nil {
		return err
	}
	comment, err := c.comments.Create(r.Context(), r.PathValue("slug"), content)
	if err != nil {
		return err
	}
	return respond(w, http.StatusCreated, comment)
}
