package com.example.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The application with a database of its own, called without a network. */
@SpringBootTest
@AutoConfigureMockMvc
abstract class ApiTest {
  @TempDir static Path folder;

  @Autowired MockMvcTester mvc;
  @Autowired JsonMapper json;
  @Autowired JdbcClient db;

  @DynamicPropertySource
  static void database(DynamicPropertyRegistry registry) {
    registry.add("database.url", ApiTest::databaseUrl);
  }

  static String databaseUrl() {
    return "jdbc:sqlite:" + folder.resolve("test.db");
  }

  JsonNode create(String uri, String body) {
    MvcTestResult response = send("POST", uri, body);
    assertThat(response).hasStatus(201);
    return read(response);
  }

  MvcTestResult get(String uri) {
    return mvc.get().uri(uri).exchange();
  }

  MvcTestResult send(String method, String uri, String body) {
    return mvc.method(HttpMethod.valueOf(method))
        .uri(uri)
        .contentType(MediaType.APPLICATION_JSON)
        .content(body)
        .exchange();
  }

  JsonNode read(MvcTestResult response) {
    return json.readTree(response.getResponse().getContentAsByteArray());
  }

  void assertProblem(MvcTestResult response, int status, String... fields) {
    assertThat(response)
        .hasStatus(status)
        .hasContentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON);
    JsonNode problem = read(response);
    assertThat(problem.get("status").asInt()).isEqualTo(status);
    if (fields.length > 0) {
      assertThat(problem.get("errors").propertyNames()).containsExactlyInAnyOrder(fields);
    }
  }
}
