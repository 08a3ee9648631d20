package com.example.app.blog;

import java.text.Normalizer;
import java.util.Locale;

/** The name of a post in its address. */
class Slug {
  private static final int MAX_LENGTH = 80;

  private Slug() {}

  /** Makes "creme-brulee" of "Crème brûlée!", and "post" of a title without letters or digits. */
  static String of(String title) {
    // Taken apart, an accented letter is a letter of ASCII and a mark.
    String letters = Normalizer.normalize(title, Normalizer.Form.NFKD).replaceAll("\\p{M}", "");
    // In the locale of a Turkish machine, an I would not become an i.
    String lower = letters.toLowerCase(Locale.ROOT);
    String slug = lower.replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    if (slug.isEmpty()) {
      return "post";
    }
    return slug.substring(0, Math.min(slug.length(), MAX_LENGTH)).replaceAll("-$", "");
  }
}
