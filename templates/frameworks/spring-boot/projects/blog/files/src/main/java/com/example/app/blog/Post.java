package com.example.app.blog;

import java.util.List;

/** A post as clients see it. */
public record Post(
    long id,
    String slug,
    String title,
    String body,
    List<String> tags,
    boolean published,
    String createdAt,
    String updatedAt,
    String publishedAt) {
  private static final int MAX_SUMMARY = 240;

  PostFields fields() {
    return new PostFields(title, body, tags, published);
  }

  /** The beginning of the body, for a list: it ends with a whole word where there are words. */
  public String summary() {
    String text = body.strip();
    if (text.codePointCount(0, text.length()) <= MAX_SUMMARY) {
      return text;
    }
    String beginning = text.substring(0, text.offsetByCodePoints(0, MAX_SUMMARY));
    return beginning.replaceFirst("\\s+\\S*$", "") + "…";
  }
}
