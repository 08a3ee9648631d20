package com.example.app;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;

@SpringBootApplication
public class Application {
  private static final Logger log = LoggerFactory.getLogger(Application.class);

  public static void main(String[] args) {
    SpringApplication.run(Application.class, args);
  }

  @EventListener
  void logAddress(ApplicationReadyEvent event) {
    Environment environment = event.getApplicationContext().getEnvironment();
    String host = environment.getProperty("server.address");
    log.info("listening on http://{}:{}", host, environment.getProperty("local.server.port"));
  }
}
