package com.example.app.chat;

import com.example.app.Text;
import jakarta.validation.constraints.NotNull;

/** Under which name somebody joins a room. */
public record JoinFields(@NotNull @Text(min = 1, max = 40) String name) {
  public JoinFields {
    name = name == null ? null : name.strip();
  }
}
