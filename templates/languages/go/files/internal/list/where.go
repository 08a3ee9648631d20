package list

import "strings"

// Where gathers conditions. One that is not asked for is left out, for SQLite would test it on every row.
type Where struct {
	conditions []string
	// Args are the values for the `?` of the conditions, in their order.
	Args []any
}

// Add adds a condition, with a `?` for each of args.
func (w *Where) Add(condition string, args ...any) {
	w.conditions = append(w.conditions, "("+condition+")")
	w.Args = append(w.Args, args...)
}

// Search adds the condition that one of the columns contains text.
func (w *Where) Search(text string, columns ...string) {
	// Not LIKE, in which % and _ have a meaning. `lower` knows ASCII letters only.
	tests := make([]string, len(columns))
	args := make([]any, len(columns))
	for i, column := range columns {
		tests[i], args[i] = "instr(lower("+column+"), lower(?))", text
	}
	w.Add(strings.Join(tests, " OR "), args...)
}

// SQL is the WHERE of a SELECT, and empty where there are no conditions.
func (w *Where) SQL() string {
	if len(w.conditions) == 0 {
		return ""
	}
	return " WHERE " + strings.Join(w.conditions, " AND ")
}
