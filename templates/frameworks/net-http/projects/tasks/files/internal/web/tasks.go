package web

import (
	"fmt"
	"net/http"

	"example.com/app/internal/input"
	"example.com/app/internal/tasks"
)

type taskHandlers struct {
	store *tasks.Store
}

func (t taskHandlers) list(w http.ResponseWriter, r *http.Request) error {
	filter, err := tasks.ReadFilter(input.FromURL(r.URL.Query()))
	if err != nil {
		return err
	}
	page, err := t.store.List(r.Context(), filter)
	if err != nil {
		return err
	}
	return respond(w, http.StatusOK, page)
}

func (t taskHandlers) create(w http.ResponseWriter, r *http.Request) error {
	fields, err := readJSON(w, r)
	if err != nil {
		return err
	}
	content, err := tasks.NewContent(fields)
	if err != nil {
		return err
	}
	task, err := t.store.Create(r.Context(), content)
	if err != nil {
		return err
	}
	w.Header().Set("Location", fmt.Sprintf("/api/tasks/%d", task.ID))
	return respond(w, http.StatusCreated, task)
}

func (t taskHandlers) show(w http.ResponseWriter, r *http.Request) error {
	task, err := t.store.Find(r.Context(), pathID(r))
	if err != nil {
		return err
	}
	return respond(w, http.StatusOK, task)
}

func (t taskHandlers) replace(w http.ResponseWriter, r *http.Request) error {
	fields, err := readJSON(w, r)
	if err != nil {
		return err
	}
	return t.update(w, r, func(tasks.Content) (tasks.Content, error) { return tasks.NewContent(fields) })
}

func (t taskHandlers) change(w http.ResponseWriter, r *http.Request) error {
	fields, err := readJSON(w, r)
	if err != nil {
		return err
	}
	return t.update(w, r, func(before tasks.Content) (tasks.Content, error) { return before.With(fields) })
}

func (t taskHandlers) update(w http.ResponseWriter, r *http.Request, edit func(tasks.Content) (tasks.Content, error)) error {
	task, err := t.store.Update(r.Context(), pathID(r), edit)
	if err != nil {
		return err
	}
	return respond(w, http.StatusOK, task)
}

func (t taskHandlers) delete(w http.ResponseWriter, r *http.Request) error {
	if err := t.store.Delete(r.Context(), pathID(r)); err != nil {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}
