package com.example.app.chat;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;

/** What the server sends on a socket. Each type has some of the fields. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Event(
    String type, List<String> members, String name, String detail, @JsonUnwrapped Message message) {

  static Event welcome(List<String> members) {
    return new Event("welcome", members, null, null, null);
  }

  static Event joined(String name) {
    return new Event("joined", null, name, null, null);
  }

  static Event left(String name) {
    return new Event("left", null, name, null, null);
  }

  static Event error(String detail) {
    return new Event("error", null, null, detail, null);
  }

  static Event message(Message message) {
    return new Event("message", null, null, null, message);
  }
}
