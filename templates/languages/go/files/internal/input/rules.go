package input

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Rule makes a value of what was sent for a field, as encoding/json decodes it. Its error is for the client.
type Rule[T any] func(sent any) (T, error)

// Line takes a text of one line, and removes the white space at its ends. Lengths count code points.
func Line(min, max int) Rule[string] {
	return func(sent any) (string, error) {
		text, err := Text(sent)
		if err != nil {
			return "", err
		}
		line := strings.TrimSpace(text)
		if strings.ContainsFunc(line, breaksLine) {
			return "", errors.New("must be a single line without control characters")
		}
		return line, checkLength(line, min, max)
	}
}

// Lines takes a text of several lines as it was sent, but for the line ends of HTML forms, CR and LF, which become LF.
func Lines(min, max int) Rule[string] {
	return func(sent any) (string, error) {
		text, err := Text(sent)
		if err != nil {
			return "", err
		}
		lines := strings.ReplaceAll(text, "\r\n", "\n")
		if min > 0 && strings.TrimSpace(lines) == "" {
			return "", errors.New("must not be blank")
		}
		return lines, checkLength(lines, min, max)
	}
}

// Text takes any text that SQLite can store: it would end one at NUL.
func Text(sent any) (string, error) {
	text, ok := sent.(string)
	if !ok {
		return "", errors.New("must be a text")
	}
	if strings.ContainsRune(text, 0) {
		return "", errors.New("must not contain the character NUL")
	}
	return text, nil
}

// Digits takes a whole number as it is written in a query.
func Digits(min, max int) Rule[int] {
	return func(sent any) (int, error) {
		digits, _ := sent.(string)
		number, err := strconv.Atoi(digits)
		// Atoi takes a sign as well.
		if err != nil || number < min || number > max || strings.HasPrefix(digits, "+") {
			return 0, fmt.Errorf("must be a whole number from %d to %d", min, max)
		}
		return number, nil
	}
}

func breaksLine(r rune) bool {
	return unicode.IsControl(r) || r == '\u2028' || r == '\u2029'
}

func checkLength(text string, min, max int) error {
	if length := utf8.RuneCountInString(text); length < min || length > max {
		return fmt.Errorf("must be %d to %d characters long", min, max)
	}
	return nil
}
