package blog

import (
	"strings"
	"testing"
)

func TestSlugs(t *testing.T) {
	for title, expected := range map[string]string{
		"Hello, world":   "hello-world",
		"Über Straße!":   "uber-strasse",
		"  --a__b--c-  ": "a-b-c",
		"C++ & C#":       "c-c",
		"日本":             "ri-ben",
		"!?":             "post",
		"🦀":              "post",

		strings.Repeat("x", 100):       strings.Repeat("x", 80),
		strings.Repeat("x", 79) + " y": strings.Repeat("x", 79),
	} {
		t.Run(title, func(t *testing.T) {
			if slug := slugOf(title); slug != expected {
				t.Errorf("it becomes %q", slug)
			}
		})
	}
}
