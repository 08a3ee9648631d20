package com.example.app;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;

/** SQLite lets one connection write at a time, and any number read meanwhile. */
@Configuration
class DatabaseConfig {
  private static final int SQLITE_BUSY = 5;

  private final String url;

  DatabaseConfig(@Value("${database.url}") String url) throws IOException {
    this.url = url;
    Path folder = Path.of(url.replaceFirst("^jdbc:sqlite:", "")).toAbsolutePath().getParent();
    Files.createDirectories(folder);
  }

  /**
   * A transaction reads from the readers if it is declared `readOnly`, and has the writer if not.
   */
  @Bean
  @Primary
  DataSource dataSource(
      @Qualifier("writer") DataSource writer, @Qualifier("readers") DataSource readers) {
    LazyConnectionDataSourceProxy dataSource = new LazyConnectionDataSourceProxy();
    dataSource.setTargetDataSource(writer);
    dataSource.setReadOnlyDataSource(readers);
    dataSource.setDefaultAutoCommit(true);
    return dataSource;
  }

  /**
   * One connection, whose transactions take the lock when they begin: one that reads before it
   * writes could not get it later, if another had written meanwhile.
   */
  @Bean
  HikariDataSource writer() {
    return pool("writer", 1, "IMMEDIATE");
  }

  @Bean
  HikariDataSource readers() {
    return pool("readers", 4, "DEFERRED");
  }

  private HikariDataSource pool(String name, int size, String transactionMode) {
    HikariConfig config = new HikariConfig();
    config.setPoolName(name);
    config.setJdbcUrl(url);
    config.setMaximumPoolSize(size);
    config.setConnectionTimeout(5_000);
    config.addDataSourceProperty("journal_mode", "WAL");
    config.addDataSourceProperty("foreign_keys", "true");
    config.addDataSourceProperty("busy_timeout", "2000");
    config.addDataSourceProperty("transaction_mode", transactionMode);
    config.setExceptionOverride(new Discard());
    return new HikariDataSource(config);
  }

  /**
   * The driver takes a transaction that could not begin for one that has: that connection is
   * closed.
   */
  private static class Discard implements SQLExceptionOverride {
    @java.lang.Override
    public Override adjudicate(SQLException error) {
      return isBusy(error) ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
    }
  }

  /** Whether another program holds the lock of the database. */
  static boolean isBusy(SQLException error) {
    return (error.getErrorCode() & 0xff) == SQLITE_BUSY;
  }
}
