package web

import (
	"bytes"
	"errors"
	"html/template"
	"math"
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"

	"example.com/app"
	"example.com/app/internal/blog"
	"example.com/app/internal/input"
	"example.com/app/internal/list"
)

// Each value in a template is escaped by where it stands: in a text, an attribute, an address.
var templates = template.Must(template.ParseFS(app.Files, "templates/*.html"))

const postsPerPage = 10

type pageHandlers struct {
	posts    *blog.Posts
	comments *blog.Comments
}

// list shows all posts, or those with the tag in the path.
func (p pageHandlers) list(w http.ResponseWriter, r *http.Request) error {
	query := input.FromURL(r.URL.Query())
	paging := list.ReadPaging(query)
	if err := query.Err(); err != nil {
		return err
	}
	paging.PerPage = postsPerPage
	filter := blog.PostFilter{Tag: r.PathValue("tag"), Paging: paging}
	posts, err := p.posts.List(r.Context(), filter)
	if err != nil {
		return err
	}
	// A blog without posts has a home page all the same; other pages without posts do not exist.
	if len(posts.Items) == 0 && (posts.Page > 1 || filter.Tag != "") {
		return errNotFound
	}
	data := struct {
		Tag            string
		Posts          list.Page[blog.Post]
		Previous, Next int
	}{Tag: filter.Tag, Posts: posts, Previous: posts.Page - 1}
	if posts.Page*postsPerPage < posts.Total {
		data.Next = posts.Page + 1
	}
	return render(w, http.StatusOK, "list.html", data)
}

func (p pageHandlers) article(w http.ResponseWriter, r *http.Request) error {
	post, err := p.posts.FindPublished(r.Context(), r.PathValue("slug"))
	if err != nil {
		return err
	}
	return p.renderArticle(w, r, http.StatusOK, post, nil, nil)
}

// comment stores what the form has. Then the browser goes to the article, so that a reload does not send the comment
// again. After a mistake the page comes again, with what was typed and the messages.
func (p pageHandlers) comment(w http.ResponseWriter, r *http.Request) error {
	post, err := p.posts.FindPublished(r.Context(), r.PathValue("slug"))
	if err != nil {
		return err
	}
	body, err := readBody(w, r)
	if err != nil {
		return err
	}
	form, err := url.ParseQuery(string(body))
	if err != nil || !utf8.ValidString(form.Get("author")+form.Get("body")) {
		return &problem{status: http.StatusBadRequest, detail: "the form cannot be read"}
	}
	content, err := blog.ReadCommentContent(input.FromURL(form))
	var invalid input.Errors
	if errors.As(err, &invalid) {
		return p.renderArticle(w, r, http.StatusUnprocessableEntity, post, form, invalid)
	}
	if _, err := p.comments.Create(r.Context(), post.Slug, content); err != nil {
		return err
	}
	http.Redirect(w, r, "/posts/"+post.Slug, http.StatusSeeOther)
	return nil
}

func (p pageHandlers) renderArticle(
	w http.ResponseWriter, r *http.Request, status int, post blog.Post, form url.Values, invalid input.Errors,
) error {
	comments, err := p.comments.List(r.Context(), post.Slug, list.Paging{Page: 1, PerPage: math.MaxInt})
	if err != nil {
		return err
	}
	return render(w, status, "article.html", struct {
		Post     blog.Post
		Comments []blog.Comment
		Form     url.Values
		Errors   input.Errors
	}{post, comments.Items, form, invalid})
}

func renderError(w http.ResponseWriter, p *problem) error {
	return render(w, p.status, "error.html", struct {
		Status        int
		Title, Detail string
	}{p.status, http.StatusText(p.status), p.detail})
}

// isForPeople tells whether an error is shown as a page: programs call the API.
func isForPeople(r *http.Request) bool {
	return r.URL.Path != "/healthz" && r.URL.Path != "/api" && !strings.HasPrefix(r.URL.Path, "/api/")
}

// render sends a page once it is whole: an error in the middle becomes an error page.
func render(w http.ResponseWriter, status int, name string, data any) error {
	var page bytes.Buffer
	if err := templates.ExecuteTemplate(&page, name, data); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, err := page.WriteTo(w)
	return err
}
