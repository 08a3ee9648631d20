package web

import (
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"regexp"
	"unicode/utf8"

	"example.com/app/internal/input"
)

const maxBodyBytes = 1 << 20

// readJSON reads a body that has to be a JSON object.
func readJSON(w http.ResponseWriter, r *http.Request) (*input.Fields, error) {
	if mediaType, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || mediaType != "application/json" {
		return nil, &problem{status: http.StatusUnsupportedMediaType, detail: "the body has to be application/json"}
	}
	body, err := readBody(w, r)
	if err != nil {
		return nil, err
	}
	var values map[string]any
	if !isUnicode(body) || json.Unmarshal(body, &values) != nil || values == nil {
		return nil, &problem{status: http.StatusBadRequest, detail: "the body has to be a JSON object in UTF-8"}
	}
	return input.FromJSON(values), nil
}

func readBody(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBodyBytes))
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return nil, &problem{status: http.StatusRequestEntityTooLarge, detail: "the body is too large"}
	case err != nil:
		return nil, &problem{status: http.StatusBadRequest, detail: "the body ended too soon"}
	}
	return body, nil
}

// An escape in JSON: a pair that makes one character, half of such a pair (which is the group), or any other.
var escape = regexp.MustCompile(`\\(?:u[dD][89abAB]..\\u[dD][c-fC-F]..|(u[dD][89a-fA-F]..)|.)`)

// isUnicode refuses what encoding/json would replace by U+FFFD in silence.
func isUnicode(body []byte) bool {
	for _, found := range escape.FindAllSubmatch(body, -1) {
		if found[1] != nil {
			return false
		}
	}
	return utf8.Valid(body)
}
