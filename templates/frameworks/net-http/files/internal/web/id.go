package web

import (
	"net/http"
	"strconv"
)

// pathID is the id in the path, or 0 where that is no number: nothing has the id 0.
func pathID(r *http.Request) int64 {
	id, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
	if err != nil {
		return 0
	}
	return id
}
