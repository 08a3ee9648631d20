package com.example.app;

import java.util.Map;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.dao.DataAccessException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What every service has: its health, and the description of its API. */
@RestController
class ServiceController {
  private final JdbcClient db;
  private final TransactionTemplate read;

  ServiceController(JdbcClient db, PlatformTransactionManager transactions) {
    this.db = db;
    this.read = new TransactionTemplate(transactions);
    this.read.setReadOnly(true);
  }

  @GetMapping("/healthz")
  ResponseEntity<Map<String, String>> health() {
    try {
      read.execute(status -> db.sql("SELECT 1").query(Integer.class).single());
      return ResponseEntity.ok(Map.of("status", "ok"));
    } catch (DataAccessException | TransactionException error) {
      return ResponseEntity.status(503).body(Map.of("status", "no database"));
    }
  }

  @GetMapping(path = "/openapi.json", produces = MediaType.APPLICATION_JSON_VALUE)
  Resource description() {
    return new ClassPathResource("openapi.json");
  }
}
