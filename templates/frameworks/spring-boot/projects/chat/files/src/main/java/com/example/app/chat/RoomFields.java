package com.example.app.chat;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/** The part of a room that its users write, with its rules. */
public record RoomFields(
    @NotNull
        @Pattern(
            regexp = "[a-z0-9-]{1,40}",
            message = "must be 1 to 40 of the characters a to z, 0 to 9 and hyphens")
        String name) {

  /** What a new room has where its user says nothing. The name must be sent. */
  static final RoomFields DEFAULTS = new RoomFields(null);

  public RoomFields {
    name = name == null ? null : name.strip();
  }
}
