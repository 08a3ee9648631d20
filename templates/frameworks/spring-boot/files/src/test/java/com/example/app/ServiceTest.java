package com.example.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;

/** What every service has, over a real connection: Tomcat answers some requests by itself. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class ServiceTest {
  @TempDir static Path folder;

  @LocalServerPort int port;
  RestTestClient client;

  @DynamicPropertySource
  static void database(DynamicPropertyRegistry registry) {
    registry.add("database.url", () -> "jdbc:sqlite:" + folder.resolve("test.db"));
  }

  @BeforeEach
  void connect() {
    client = RestTestClient.bindToServer().baseUrl("http://127.0.0.1:" + port).build();
  }

  @ParameterizedTest
  @CsvSource({"127.0.0.1,http://127.0.0.1:8000", "::1,http://[::1]:8000"})
  void theStartNamesTheUrl(String host, String url) throws Exception {
    assertThat(Application.url(host, 8000)).hasToString(url);
  }

  @Test
  void theServiceIsHealthy() {
    client
        .get()
        .uri("/healthz")
        .exchange()
        .expectStatus()
        .isOk()
        .expectHeader()
        .valueEquals("X-Content-Type-Options", "nosniff")
        .expectBody()
        .json("{\"status\": \"ok\"}");
  }

  @Test
  void theApiDescribesItself() throws Exception {
    client
        .get()
        .uri("/openapi.json")
        .exchange()
        .expectStatus()
        .isOk()
        .expectBody()
        .json(Files.readString(Path.of("openapi.json")));
  }

  @Test
  void staticFilesAreServedAndNothingBesideThem() {
    client
        .get()
        .uri("/static/style.css")
        .exchange()
        .expectStatus()
        .isOk()
        .expectHeader()
        .contentTypeCompatibleWith("text/css");
    client.get().uri("/static/").exchange().expectStatus().isNotFound();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api", "/api/nothing", "/api/%00", "/api/%2f", "/static/..%2f"})
  void whatIsNotThereIsAProblem(String path) {
    client
        .get()
        // Not as a text, in which the client would encode the percent sign.
        .uri(URI.create("http://127.0.0.1:" + port + path))
        .exchange()
        .expectStatus()
        .is4xxClientError()
        .expectHeader()
        .contentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON)
        .expectHeader()
        .valueEquals("X-Content-Type-Options", "nosniff");
  }

  @Test
  void aProblemOfTomcatIsJsonInEveryLocale() {
    Locale before = Locale.getDefault();
    // Its digits are not those of ASCII.
    Locale.setDefault(Locale.forLanguageTag("ar-EG"));
    try {
      client
          .get()
          .uri(URI.create("http://127.0.0.1:" + port + "/api/%00"))
          .exchange()
          .expectBody()
          .jsonPath("$.status")
          .isEqualTo(400);
    } finally {
      Locale.setDefault(before);
    }
  }
}
