package database

import (
	"database/sql/driver"
	"time"
)

// The form in which times are stored and sent: texts in UTC, which sort as the times do.
const timeFormat = "2006-01-02T15:04:05.000000Z"

// Time is a time in UTC, to the microsecond.
type Time struct {
	time.Time
}

// Now is the present time.
func Now() Time {
	return Time{time.Now().UTC().Truncate(time.Microsecond)}
}

// Value is how a time is stored.
func (t Time) Value() (driver.Value, error) {
	return t.Format(timeFormat), nil
}

// Scan reads a time that was stored.
func (t *Time) Scan(stored any) (err error) {
	text, _ := stored.(string)
	// RFC 3339 takes any fraction of a second, and Go reads it several times as fast as other formats.
	t.Time, err = time.Parse(time.RFC3339, text)
	return err
}

// MarshalJSON is how a time is sent.
func (t Time) MarshalJSON() ([]byte, error) {
	return t.AppendFormat(nil, `"`+timeFormat+`"`), nil
}
