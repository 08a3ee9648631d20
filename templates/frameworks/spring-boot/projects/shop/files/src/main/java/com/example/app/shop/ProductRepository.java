package com.example.app.shop;

import com.example.app.NotFoundException;
import com.example.app.Page;
import com.example.app.Paging;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The products in the database. Each method is a transaction. */
@Repository
@Transactional(readOnly = true)
public class ProductRepository {
  private static final String COLUMNS = "products.*, (SELECT currency FROM shop) AS currency";

  private final JdbcClient db;

  ProductRepository(JdbcClient db) {
    this.db = db;
  }

  public Product find(long id) {
    return db.sql("SELECT " + COLUMNS + " FROM products WHERE id = ?")
        .param(id)
        .query(Product.class)
        .optional()
        .orElseThrow(NotFoundException::new);
  }

  public Page<Product> list(ProductFilter filter, Paging paging) {
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("q", filter.q());
    parameters.put("category", filter.category());
    parameters.put("min", number(filter.minPrice()));
    parameters.put("max", number(filter.maxPrice()));
    parameters.put("stock", filter.inStock());
    // Not LIKE, in which % and _ have a meaning. `lower` knows ASCII letters only.
    String from =
        """
        products WHERE (:category IS NULL OR category = :category)
        AND (:min IS NULL OR price_cents >= :min) AND (:max IS NULL OR price_cents <= :max)
        AND (:stock IS NULL OR stock > 0)
        AND (:q IS NULL OR instr(lower(name), lower(:q)) OR instr(lower(description), lower(:q)))""";
    String key =
        switch (filter.sort()) {
          case "price" -> "price_cents";
          case "name" -> "name COLLATE NOCASE";
          default -> "created_at";
        };
    // The filter lets no other words through than asc and desc.
    String orderBy = "%1$s %2$s, id %2$s".formatted(key, filter.order());
    return Page.read(db, new Page.Query(COLUMNS, from, orderBy), parameters, paging, Product.class);
  }

  public List<String> categories() {
    return db.sql("SELECT DISTINCT category FROM products ORDER BY category")
        .query(String.class)
        .list();
  }

  private static Long number(String text) {
    return text == null ? null : Long.valueOf(text);
  }
}
