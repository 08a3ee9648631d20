package com.example.app;

import java.util.List;
import java.util.Map;

/** Fields that break a rule, each with its messages. */
public class InvalidException extends RuntimeException {
  private final Map<String, List<String>> errors;

  public InvalidException(Map<String, List<String>> errors) {
    super("fields break a rule: " + String.join(", ", errors.keySet()));
    this.errors = errors;
  }

  Map<String, List<String>> errors() {
    return errors;
  }
}
