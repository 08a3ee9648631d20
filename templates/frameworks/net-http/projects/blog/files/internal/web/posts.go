package web

import (
	"net/http"

	"example.com/app/internal/blog"
	"example.com/app/internal/input"
)

type postHandlers struct {
	posts *blog.Posts
}

func (p postHandlers) list(w http.ResponseWriter, r *http.Request) error {
	filter, err := blog.ReadPostFilter(input.FromURL(r.URL.Query()))
	if err != nil {
		return err
	}
	page, err := p.posts.List(r.Context(), filter)
	if err != nil {
		return err
	}
	return respond(w, http.StatusOK, page)
}

func (p postHandlers) create(w http.ResponseWriter, r *http.Request) error {
	fields, err := readJSON(w, r)
	if err != nil {
		return err
	}
	content, err := blog.NewPostContent(fields)
	if err != nil {
		return err
	}
	post, err := p.posts.Create(r.Context(), content)
	if err != nil {
		return err
	}
	w.Header().Set("Location", "/api/posts/"+post.Slug)
	return respond(w, http.StatusCreated, post)
}

// show answers with a draft too: there are no accounts yet, so nobody is known to be its author.
func (p postHandlers) show(w http.ResponseWriter, r *http.Request) error {
	post, err := p.posts.Find(r.Context(), r.PathValue("slug"))
	if err != nil {
		return err
	}
	return respond(w, http.StatusOK, post)
}

func (p postHandlers) change(w http.ResponseWriter, r *http.Request) error {
	fields, err := readJSON(w, r)
	if err != nil {
		return err
	}
	edit := func(before blog.PostContent) (blog.PostContent, error) { return before.With(fields) }
	post, err := p.posts.Update(r.Context(), r.PathValue("slug"), edit)
	if err != nil {
		return err
	}
	return respond(w, http.StatusOK, post)
}

func (p postHandlers) delete(w http.ResponseWriter, r *http.Request) error {
	if err := p.posts.Delete(r.Context(), r.PathValue("slug")); err != nil {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}
