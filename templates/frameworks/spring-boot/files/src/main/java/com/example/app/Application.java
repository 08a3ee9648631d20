package com.example.app;

import java.net.URI;
import java.net.URISyntaxException;
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
  void logUrl(ApplicationReadyEvent event) throws URISyntaxException {
    Environment environment = event.getApplicationContext().getEnvironment();
    String host = environment.getProperty("server.address");
    // In a test without a server there is no port.
    int port = environment.getProperty("local.server.port", Integer.class, -1);
    log.info("listening on {}", url(host, port));
  }

  /** An address of IPv6 gets its brackets. */
  static URI url(String host, int port) throws URISyntaxException {
    return new URI("http", null, host, port, null, null, null);
  }
}
