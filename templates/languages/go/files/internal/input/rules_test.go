package input_test

import (
	"strings"
	"testing"

	"example.com/app/internal/input"
)

func TestLineIsTrimmedAndMeasuredInCodePoints(t *testing.T) {
	if line, err := input.Line(1, 2)(" \t🦀š\n"); err != nil || line != "🦀š" {
		t.Errorf("got %q, %v", line, err)
	}
	for _, text := range []any{"", " \u00a0\n", "🦀🦀🦀", "a\nb", "a\rb", "a\x00", "a\u0085b", "a\u2028b", 5.0, nil} {
		if line, err := input.Line(1, 2)(text); err == nil {
			t.Errorf("%q was taken as %q", text, line)
		}
	}
}

func TestLinesAreKeptAsSentButForWindowsLineEnds(t *testing.T) {
	if lines, err := input.Lines(1, 9)(" a\r\n\tb "); err != nil || lines != " a\n\tb " {
		t.Errorf("got %q, %v", lines, err)
	}
	if _, err := input.Lines(0, 9)(" \n "); err != nil {
		t.Error(err)
	}
	for _, text := range []any{" \n ", "a\x00", "0123456789", true} {
		if lines, err := input.Lines(1, 9)(text); err == nil {
			t.Errorf("%q was taken as %q", text, lines)
		}
	}
}

func TestDigitsAreANumberInItsRange(t *testing.T) {
	if number, err := input.Digits(1, 100)("100"); err != nil || number != 100 {
		t.Errorf("got %d, %v", number, err)
	}
	for _, text := range []any{"", "0", "101", "-1", "+1", "1.0", " 1", "９", "0x1", strings.Repeat("9", 20), 5.0} {
		if number, err := input.Digits(1, 100)(text); err == nil {
			t.Errorf("%q was taken as %d", text, number)
		}
	}
}
