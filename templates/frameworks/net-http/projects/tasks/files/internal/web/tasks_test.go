package web_test

import (
	"database/sql"
	"fmt"
	"maps"
	"reflect"
	"strings"
	"sync"
	"testing"
)

func create(c *client, task object) object {
	c.t.Helper()
	return c.json(c.send("POST", "/api/tasks", task), 201)
}

// after is an object with some members changed.
func after(before, changes object) object {
	changed := maps.Clone(before)
	maps.Copy(changed, changes)
	return changed
}

func TestANewTaskHasDefaultsAndAnAddress(t *testing.T) {
	c := newClient(t)
	response := c.send("POST", "/api/tasks", object{"title": "  Water the 🌱 \t", "unknown": 1})
	task := c.json(response, 201)
	expected := object{
		"id": 1.0, "title": "Water the 🌱", "description": "", "status": "todo", "priority": "normal", "due": nil,
		"created_at": task["created_at"], "updated_at": task["created_at"],
	}
	if location := response.header.Get("Location"); location != "/api/tasks/1" || !reflect.DeepEqual(task, expected) {
		t.Errorf("%s: %v", location, task)
	}
	if read := c.json(c.get("/api/tasks/1"), 200); !reflect.DeepEqual(read, task) {
		t.Errorf("read again: %v", read)
	}
}

func TestAChangeTouchesOnlyWhatWasSent(t *testing.T) {
	c := newClient(t)
	before := create(c, object{"title": "A", "description": " b\n", "priority": "high", "due": "2028-02-29"})
	changed := c.json(c.send("PATCH", "/api/tasks/1", object{"status": "doing", "due": nil}), 200)
	if changed["updated_at"].(string) <= before["updated_at"].(string) {
		t.Errorf("updated_at is %v", changed["updated_at"])
	}
	expected := after(before, object{"status": "doing", "due": nil, "updated_at": changed["updated_at"]})
	for _, task := range []object{
		changed, c.json(c.get("/api/tasks/1"), 200), c.json(c.send("PATCH", "/api/tasks/1", object{}), 200),
	} {
		if !reflect.DeepEqual(task, expected) {
			t.Errorf("%v instead of %v", task, expected)
		}
	}
}

func TestChangesOfDifferentFieldsAtOnceAllHold(t *testing.T) {
	c := newClient(t)
	before := create(c, object{"title": "A"})
	changes := object{"status": "done", "priority": "high", "description": "x", "title": "y", "due": "2030-05-01"}
	var group sync.WaitGroup
	for name, value := range changes {
		group.Go(func() { c.send("PATCH", "/api/tasks/1", object{name: value}) })
	}
	group.Wait()
	task := c.json(c.get("/api/tasks/1"), 200)
	if !reflect.DeepEqual(task, after(before, after(changes, object{"updated_at": task["updated_at"]}))) {
		t.Errorf("got %v", task)
	}
}

func TestAReplacedTaskGoesBackToItsDefaults(t *testing.T) {
	c := newClient(t)
	before := create(c, object{"title": "A", "description": "b", "status": "done", "priority": "low", "due": "2030-01-01"})
	replaced := c.json(c.send("PUT", "/api/tasks/1", object{"title": "B"}), 200)
	if !reflect.DeepEqual(replaced, after(before, object{
		"title": "B", "description": "", "status": "todo", "priority": "normal", "due": nil,
		"updated_at": replaced["updated_at"],
	})) {
		t.Errorf("got %v", replaced)
	}
	c.wantProblem(c.send("PUT", "/api/tasks/1", object{"status": "done"}), 422, "title")
}

func TestADeletedTaskIsGoneAndItsIDWithIt(t *testing.T) {
	c := newClient(t)
	create(c, object{"title": "A"})
	if response := c.sendText("DELETE", "/api/tasks/1", "", ""); response.status != 204 || response.text != "" {
		t.Errorf("%d %s", response.status, response.text)
	}
	c.wantProblem(c.get("/api/tasks/1"), 404)
	for _, method := range []string{"DELETE", "PATCH", "PUT"} {
		c.wantProblem(c.send(method, "/api/tasks/1", object{"title": "A"}), 404)
	}
	if task := create(c, object{"title": "A"}); task["id"] != 2.0 {
		t.Errorf("the id is %v", task["id"])
	}
}

func TestWhatIsNoIDLeadsNowhere(t *testing.T) {
	c := newClient(t)
	create(c, object{"title": "A"})
	for _, id := range []string{"0", "-1", "2", "1.0", "x", "1%00", "%ff", strings.Repeat("9", 20)} {
		c.wantProblem(c.get("/api/tasks/"+id), 404)
	}
}

func TestBrokenFieldsAreNamedAllAtOnceAndNothingIsStored(t *testing.T) {
	c := newClient(t)
	before := create(c, object{"title": "A"})
	for _, broken := range []object{
		{"title": " \t", "description": "a\x00"},
		{"title": "a\nb", "status": "Todo", "priority": ""},
		{"title": strings.Repeat("x", 201), "description": strings.Repeat("x", 10_001)},
		{"title": 5, "description": nil, "status": nil, "priority": 1, "due": true},
		{"title": nil, "due": "2027-02-29"},
		{"due": "2030-05-01T00:00:00"},
		{"due": "2030-5-1"},
		{"due": ""},
	} {
		var names []string
		for name := range broken {
			names = append(names, name)
		}
		c.wantProblem(c.send("POST", "/api/tasks", after(object{"title": "B"}, broken)), 422, names...)
		c.wantProblem(c.send("PATCH", "/api/tasks/1", broken), 422, names...)
	}
	list := c.json(c.get("/api/tasks"), 200)
	if !reflect.DeepEqual(list["items"], []any{before}) {
		t.Errorf("got %v", list)
	}
	create(c, object{"title": strings.Repeat("🦀", 200), "description": strings.Repeat("🦀", 10_000)})
}

func TestWhileAnotherProgramWritesReadsGoOnAndWritesAreToComeAgain(t *testing.T) {
	c := newClient(t)
	other, err := sql.Open("sqlite", c.file+"?_txlock=immediate")
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	lock, err := other.Begin()
	if err != nil {
		t.Fatal(err)
	}
	response := c.send("POST", "/api/tasks", object{"title": "A"})
	c.wantProblem(response, 503)
	if response.header.Get("Retry-After") != "1" {
		t.Error("no Retry-After")
	}
	if total := c.json(c.get("/api/tasks"), 200)["total"]; total != 0.0 {
		t.Errorf("there are %v tasks", total)
	}
	if err := lock.Rollback(); err != nil {
		t.Error(err)
	}
	create(c, object{"title": "A"})
}

// titles are those of a list, in its order.
func titles(c *client, query string) string {
	c.t.Helper()
	var titles []string
	for _, item := range c.json(c.get("/api/tasks?"+query), 200)["items"].([]any) {
		titles = append(titles, fmt.Sprint(item.(object)["title"]))
	}
	return strings.Join(titles, ", ")
}

func TestAListIsFilteredAndSearched(t *testing.T) {
	c := newClient(t)
	create(c, object{"title": "100% sure", "status": "doing", "priority": "high"})
	create(c, object{"title": "snake_case", "description": "It's a \\ Backslash", "status": "doing"})
	create(c, object{"title": "Ärger", "description": "日本", "priority": "high"})
	for query, expected := range map[string]string{
		"status=doing":               "snake_case, 100% sure",
		"priority=high":              "Ärger, 100% sure",
		"status=doing&priority=high": "100% sure",
		"status=done":                "",
		"q=%25":                      "100% sure",
		"q=_":                        "snake_case",
		"q='S":                       "snake_case",
		"q=%5C+BACK":                 "snake_case",
		"q=%C3%84RG&status=todo":     "Ärger",
		"q=%E6%9C%AC":                "Ärger",
	} {
		if found := titles(c, query); found != expected {
			t.Errorf("%s: %s", query, found)
		}
	}
}

func TestEveryOrderGoesBothWaysAndTiesGoByID(t *testing.T) {
	c := newClient(t)
	create(c, object{"title": "b", "priority": "high"})
	create(c, object{"title": "C", "priority": "low", "due": "2030-05-02"})
	create(c, object{"title": "a", "priority": "normal", "due": "2030-05-01"})
	create(c, object{"title": "B", "priority": "low", "due": "2030-05-02"})
	for query, expected := range map[string]string{
		"":                         "B, a, C, b",
		"order=asc":                "b, C, a, B",
		"sort=created_at":          "b, C, a, B",
		"sort=due":                 "a, C, B, b",
		"sort=due&order=desc":      "B, C, a, b",
		"sort=priority":            "C, B, a, b",
		"sort=priority&order=desc": "b, a, B, C",
		"sort=title":               "a, b, B, C",
		"sort=title&order=desc":    "C, B, b, a",
	} {
		if found := titles(c, query); found != expected {
			t.Errorf("%s: %s", query, found)
		}
	}
}

func TestPagesShareTheListOut(t *testing.T) {
	c := newClient(t)
	for _, title := range []string{"a", "b", "c"} {
		create(c, object{"title": title})
	}
	if first, second := titles(c, "per_page=2"), titles(c, "per_page=2&page=2"); first != "c, b" || second != "a" {
		t.Errorf("%s; %s", first, second)
	}
	if found := titles(c, "per_page=100&page=9223372036854775807"); found != "" {
		t.Errorf("far past the end: %s", found)
	}
	list := c.json(c.get("/api/tasks?page=2&per_page=2&unknown=1"), 200)
	if list["page"] != 2.0 || list["per_page"] != 2.0 || list["total"] != 3.0 {
		t.Errorf("got %v", list)
	}
}

func TestAQueryThatBreaksARuleIsAProblem(t *testing.T) {
	c := newClient(t)
	query := "status=open&priority=urgent&sort=id&order=up&q=%00&page=0&per_page=101"
	c.wantProblem(c.get("/api/tasks?"+query), 422, "order", "page", "per_page", "priority", "q", "sort", "status")
}
