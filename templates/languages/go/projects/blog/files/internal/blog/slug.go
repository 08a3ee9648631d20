package blog

import (
	"context"
	"database/sql"
	"fmt"
	"regexp"
	"strings"

	"github.com/mozillazg/go-unidecode"
)

const maxSlug = 80

var notInSlug = regexp.MustCompile(`[^a-z0-9]+`)

// slugOf makes "uber-strasse" of "Über Straße!", and "post" of a title without letters and digits.
func slugOf(title string) string {
	ascii := strings.ToLower(unidecode.Unidecode(title))
	slug := strings.Trim(notInSlug.ReplaceAllString(ascii, "-"), "-")
	if slug == "" {
		return "post"
	}
	return strings.TrimRight(slug[:min(len(slug), maxSlug)], "-")
}

// freeSlug is the first of slug, slug-2, slug-3... that no post has. It asks once, however many are taken.
func freeSlug(ctx context.Context, tx *sql.Tx, title string) (string, error) {
	base := slugOf(title)
	// "." comes right after "-": this range is all that begins with base and "-", and the index has it.
	rows, err := tx.QueryContext(ctx, "SELECT slug FROM posts WHERE slug = ?1 OR (slug >= ?1 || '-' AND slug < ?1 || '.')", base)
	if err != nil {
		return "", err
	}
	defer rows.Close()
	taken := map[string]bool{}
	for rows.Next() {
		var slug string
		if err := rows.Scan(&slug); err != nil {
			return "", err
		}
		taken[slug] = true
	}
	slug := base
	for number := 2; taken[slug]; number++ {
		slug = fmt.Sprintf("%s-%d", base, number)
	}
	return slug, rows.Err()
}
