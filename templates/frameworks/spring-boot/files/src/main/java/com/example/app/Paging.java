package com.example.app;

import jakarta.validation.constraints.Pattern;
import org.springframework.web.bind.annotation.BindParam;

/** Which page of a list a request asks for. Both are texts: Spring would read 0x10 as a number. */
public record Paging(
    @Pattern(regexp = "[1-9][0-9]{0,17}", message = "must be a whole number from 1") String page,
    @BindParam("per_page")
        @Pattern(regexp = "[1-9][0-9]?|100", message = "must be a whole number from 1 to 100")
        String perPage) {

  public Paging {
    page = page == null ? "1" : page;
    perPage = perPage == null ? "20" : perPage;
  }

  public long number() {
    return Long.parseLong(page);
  }

  public int size() {
    return Integer.parseInt(perPage);
  }

  /** How many items stand on the pages before. A page far past the end is empty. */
  long offset() {
    return Math.min(number() - 1, Long.MAX_VALUE / size()) * size();
  }
}
