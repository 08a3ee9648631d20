package com.example.app;

import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One page of a list; `total` counts the items on all pages. */
public record Page<T>(List<T> items, long page, int perPage, long total) {
  /** Reads a page, and counts all that match. In one transaction both see the same rows. */
  public static <T> Page<T> read(
      JdbcClient db, Query query, Map<String, ?> parameters, Paging paging, Class<T> type) {
    long total =
        db.sql("SELECT count(*) FROM " + query.from).params(parameters).query(Long.class).single();
    String sql = "SELECT %s FROM %s ORDER BY %s LIMIT :limit OFFSET :offset";
    List<T> items =
        db.sql(sql.formatted(query.select, query.from, query.orderBy))
            .params(parameters)
            .param("limit", paging.size())
            .param("offset", paging.offset())
            .query(type)
            .list();
    return new Page<>(items, paging.number(), paging.size(), total);
  }

  /** The parts of a query; `from` goes on with the conditions. */
  public record Query(String select, String from, String orderBy) {}
}
