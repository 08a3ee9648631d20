package com.example.app.chat;

import com.example.app.Text;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/** What a member sends on a socket, with its rules. */
public record MessageFields(
    @NotNull @Pattern(regexp = "message") String type,
    @NotNull @Text(min = 1, max = 2000, lines = true) String text) {

  static final MessageFields EMPTY = new MessageFields(null, null);
}
