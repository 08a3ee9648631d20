package com.example.app.tasks;

import com.example.app.Text;
import jakarta.validation.constraints.Pattern;

/** Which tasks a list shows, and in which order. Null stands for all tasks. */
public record TaskFilter(
    @Pattern(regexp = TaskFields.STATUS) String status,
    @Pattern(regexp = TaskFields.PRIORITY) String priority,
    @Text String q,
    @Pattern(regexp = "created_at|due|priority|title") String sort,
    @Pattern(regexp = "asc|desc") String order) {

  public TaskFilter {
    // The newest come first, unless the request says by what to sort.
    order = order != null ? order : sort == null ? "desc" : "asc";
    sort = sort == null ? "created_at" : sort;
  }
}
