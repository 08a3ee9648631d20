package com.example.app.tasks;

import com.example.app.Text;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/** The part of a task that its users write, with its rules. */
public record TaskFields(
    @NotNull @Text(min = 1, max = 200) String title,
    @NotNull @Text(max = 10_000, lines = true) String description,
    @NotNull @Pattern(regexp = STATUS, message = "must be todo, doing or done") String status,
    @NotNull @Pattern(regexp = PRIORITY, message = "must be low, normal or high") String priority,
    @Day String due) {

  static final String STATUS = "todo|doing|done";
  static final String PRIORITY = "low|normal|high";

  /** What a new task has where its user says nothing. The title must be sent. */
  static final TaskFields DEFAULTS = new TaskFields(null, "", "todo", "normal", null);

  public TaskFields {
    title = title == null ? null : title.strip();
  }
}
