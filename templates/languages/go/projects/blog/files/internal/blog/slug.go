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

// slugOf makes `uber-strasse` of `Über Straße!`, and `post` of a title without letters and digits.
func slugOf(title string) string {
	ascii := strings.ToLower(unidecode.Unidecode(title))
	slug := strings.Trim(notInSlug.ReplaceAllString(ascii, "-"), "-")
	if slug == "" {
		return "post"
	}
	return strings.TrimRight(slug[:min(len(slug), maxSlug)], "-")
}

// freeSlug is the first of `slug`, `slug-2`, `slug-3`... that no post has.
func freeSlug(ctx context.Context, tx *sql.Tx, title string) (string, error) {
	base := slugOf(title)
	slug := base
	for number := 2; ; number++ {
		var taken bool
		query := tx.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM posts WHERE slug = ?)", slug)
		if err := query.Scan(&taken); err != nil || !taken {
			return slug, err
		}
		slug = fmt.Sprintf("%s-%d", base, number)
	}
}
