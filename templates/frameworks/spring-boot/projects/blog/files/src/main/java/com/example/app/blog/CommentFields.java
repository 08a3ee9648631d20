package com.example.app.blog;

import com.example.app.Text;
import jakarta.validation.constraints.NotNull;

/** The part of a comment that a reader writes, in JSON or in the form of a page. */
public record CommentFields(
    @NotNull @Text(min = 1, max = 80) String author,
    @NotNull @Text(min = 1, max = 2000, lines = true) String body) {

  static final CommentFields EMPTY = new CommentFields(null, null);

  public CommentFields {
    author = author == null ? null : author.strip();
  }
}
