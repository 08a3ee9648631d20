package com.example.app;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/** Times as texts of one length, such as 2026-11-22T18:30:00.123456Z, which sort as such. */
public class Times {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private Times() {}

  public static String now() {
    return FORMAT.format(Instant.now());
  }

  /** Now, but later than another time: the clock may not have moved on, or was set back. */
  public static String after(String before) {
    String next = FORMAT.format(Instant.parse(before).plus(1, ChronoUnit.MICROS));
    String now = now();
    return now.compareTo(next) > 0 ? now : next;
  }
}
