package com.example.app.tasks;

/** A task as clients see it. */
public record Task(
    long id,
    String title,
    String description,
    String status,
    String priority,
    String due,
    String createdAt,
    String updatedAt) {

  TaskFields fields() {
    return new TaskFields(title, description, status, priority, due);
  }
}
