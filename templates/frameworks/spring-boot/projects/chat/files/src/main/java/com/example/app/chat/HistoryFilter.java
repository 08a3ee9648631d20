package com.example.app.chat;

import jakarta.validation.constraints.Pattern;

/** Which messages of a room a request asks for. */
public record HistoryFilter(
    @Pattern(regexp = "[1-9][0-9]{0,17}", message = "must be the id of a message") String before,
    @Pattern(regexp = "[1-9][0-9]?|100", message = "must be a whole number from 1 to 100")
        String limit) {

  public HistoryFilter {
    limit = limit == null ? "50" : limit;
  }

  long maxId() {
    return before == null ? Long.MAX_VALUE : Long.parseLong(before) - 1;
  }

  int size() {
    return Integer.parseInt(limit);
  }
}
