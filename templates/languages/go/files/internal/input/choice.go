package input

import (
	"fmt"
	"slices"
	"strings"
)

// Choice takes one of some texts.
func Choice(options ...string) Rule[string] {
	return func(sent any) (string, error) {
		if text, ok := sent.(string); ok && slices.Contains(options, text) {
			return text, nil
		}
		return "", fmt.Errorf("must be one of %s", strings.Join(options, ", "))
	}
}
