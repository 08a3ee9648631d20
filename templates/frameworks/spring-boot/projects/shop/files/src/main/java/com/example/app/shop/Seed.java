package com.example.app.shop;

import com.example.app.Times;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Fills a new database with products.json, before the server accepts connections. One that is there
 * already keeps its own products.
 */
@Component
class Seed implements SmartInitializingSingleton {
  private final JdbcClient db;
  private final TransactionTemplate transaction;
  private final JsonMapper json;

  Seed(JdbcClient db, PlatformTransactionManager transactions, JsonMapper json) {
    this.db = db;
    this.transaction = new TransactionTemplate(transactions);
    this.json = json;
  }

  @Override
  public void afterSingletonsInstantiated() {
    try (InputStream file = new ClassPathResource("products.json").getInputStream()) {
      JsonNode catalogue = json.readTree(file);
      transaction.executeWithoutResult(status -> insert(catalogue));
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  private void insert(JsonNode catalogue) {
    int inserted =
        db.sql("INSERT INTO shop (one, currency) VALUES (1, ?) ON CONFLICT DO NOTHING")
            .param(catalogue.get("currency").asString())
            .update();
    if (inserted == 0) {
      return;
    }
    String sql =
        """
        INSERT INTO products (sku, name, description, category, price_cents, stock, created_at)
        VALUES (?, ?, ?, ?, ?, ?, ?)""";
    for (JsonNode product : catalogue.get("products")) {
      db.sql(sql)
          .param(product.get("sku").asString())
          .param(product.get("name").asString())
          .param(product.get("description").asString())
          .param(product.get("category").asString())
          .param(product.get("price_cents").asInt())
          .param(product.get("stock").asInt())
          .param(Times.now())
          .update();
    }
  }
}
