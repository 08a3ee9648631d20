// Package input reads what clients send, field by field, and gathers every mistake: whoever fills in a form wants
// to see them all at once, and encoding/json tells the first alone.
package input

import "net/url"

// Errors has the messages for each field that is not valid.
type Errors map[string][]string

func (Errors) Error() string {
	return "some fields are not valid"
}

// Fields are the members of a JSON object, or the parameters of a query or a form.
type Fields struct {
	values map[string]any
	errors Errors
}

// FromJSON takes an object as encoding/json decodes it.
func FromJSON(values map[string]any) *Fields {
	return &Fields{values: values, errors: Errors{}}
}

// FromURL takes a query or a form; of a parameter that is sent twice, the first counts.
func FromURL(parameters url.Values) *Fields {
	values := make(map[string]any, len(parameters))
	for name := range parameters {
		values[name] = parameters.Get(name)
	}
	return FromJSON(values)
}

// Has tells whether a field was sent.
func (f *Fields) Has(name string) bool {
	_, sent := f.values[name]
	return sent
}

// Require refuses the request if one of these fields was not sent.
func (f *Fields) Require(names ...string) {
	for _, name := range names {
		if !f.Has(name) {
			f.refuse(name, "is required")
		}
	}
}

// Read sets the target to what the rule makes of a field. A field that was not sent leaves it as it is.
func Read[T any](f *Fields, name string, target *T, rule Rule[T]) {
	if !f.Has(name) {
		return
	}
	value, err := rule(f.values[name])
	if err != nil {
		f.refuse(name, err.Error())
		return
	}
	*target = value
}

// Err is an Errors if a field was not valid.
func (f *Fields) Err() error {
	if len(f.errors) == 0 {
		return nil
	}
	return f.errors
}

func (f *Fields) refuse(name, message string) {
	f.errors[name] = append(f.errors[name], message)
}
