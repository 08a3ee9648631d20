// Package blog is what the blog is about: posts and comments, the rules for them, and how they are stored.
package blog

import (
	"errors"
	"regexp"
	"slices"
	"strings"

	"example.com/app/internal/database"
	"example.com/app/internal/input"
	"example.com/app/internal/list"
)

// Post is a post as clients see it.
type Post struct {
	ID   int64  `json:"id"`
	Slug string `json:"slug"`
	PostContent
	CreatedAt   database.Time  `json:"created_at"`
	UpdatedAt   database.Time  `json:"updated_at"`
	PublishedAt *database.Time `json:"published_at"`
}

// PostContent is the part of a post that its author writes.
type PostContent struct {
	Title     string   `json:"title"`
	Body      string   `json:"body"`
	Tags      []string `json:"tags"`
	Published bool     `json:"published"`
}

const maxTags = 10

var tagForm = regexp.MustCompile(`^[a-z0-9-]{1,30}$`)

// NewPostContent reads a whole post: what was not sent has its default.
func NewPostContent(fields *input.Fields) (PostContent, error) {
	fields.Require("title", "body")
	return PostContent{Tags: []string{}}.With(fields)
}

// With is the content with the fields that were sent in place of its own.
func (c PostContent) With(fields *input.Fields) (PostContent, error) {
	input.Read(fields, "title", &c.Title, input.Line(1, 200))
	input.Read(fields, "body", &c.Body, input.Lines(1, 100_000))
	input.Read(fields, "tags", &c.Tags, tags)
	input.Read(fields, "published", &c.Published, yesOrNo)
	return c, fields.Err()
}

// tags takes a list of texts; a tag that is named twice counts once.
func tags(sent any) ([]string, error) {
	values, ok := sent.([]any)
	if !ok {
		return nil, errors.New("must be a list of texts")
	}
	tags := []string{}
	for _, value := range values {
		text, _ := value.(string)
		tag := strings.TrimSpace(text)
		if !tagForm.MatchString(tag) {
			return nil, errors.New("must each be 1 to 30 of the characters a-z, 0-9 and -")
		}
		if !slices.Contains(tags, tag) {
			tags = append(tags, tag)
		}
	}
	if len(tags) > maxTags {
		return nil, errors.New("must be at most 10")
	}
	return tags, nil
}

func yesOrNo(sent any) (bool, error) {
	value, ok := sent.(bool)
	if !ok {
		return false, errors.New("must be true or false")
	}
	return value, nil
}

const maxSummary = 240

// Summary is the beginning of the body, for a list: it ends with a whole word where there are words.
func (p Post) Summary() string {
	body := []rune(strings.TrimSpace(p.Body))
	if len(body) <= maxSummary {
		return string(body)
	}
	beginning := string(body[:maxSummary])
	if end := strings.LastIndexAny(beginning, " \n\t"); end > 0 {
		beginning = strings.TrimSpace(beginning[:end])
	}
	return beginning + "…"
}

// PostFilter says which posts a list shows. An empty text stands for all posts.
type PostFilter struct {
	Tag, Search string
	Paging      list.Paging
}

// ReadPostFilter takes a filter out of a query.
func ReadPostFilter(query *input.Fields) (PostFilter, error) {
	filter := PostFilter{Paging: list.ReadPaging(query)}
	input.Read(query, "tag", &filter.Tag, input.Text)
	input.Read(query, "q", &filter.Search, input.Text)
	return filter, query.Err()
}
