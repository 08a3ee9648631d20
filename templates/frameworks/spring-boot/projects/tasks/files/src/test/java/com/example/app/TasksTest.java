package com.example.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.JsonNode;

class TasksTest extends ApiTest {
  @BeforeEach
  void empty() {
    db.sql("DELETE FROM tasks").update();
  }

  @Test
  void aNewTaskHasDefaultsAndAnAddress() {
    MvcTestResult response = send("POST", "/api/tasks", "{\"title\": \"  Water the 🌱 \\t\"}");
    assertThat(response).hasStatus(201);
    JsonNode task = read(response);
    assertThat(task.get("title").asString()).isEqualTo("Water the 🌱");
    assertThat(task.get("description").asString()).isEmpty();
    assertThat(task.get("status").asString()).isEqualTo("todo");
    assertThat(task.get("priority").asString()).isEqualTo("normal");
    assertThat(task.get("due").isNull()).isTrue();
    assertThat(task.get("created_at")).isEqualTo(task.get("updated_at"));
    String address = "/api/tasks/" + task.get("id");
    assertThat(response).hasHeader("Location", address);
    assertThat(read(get(address))).isEqualTo(task);
  }

  @Test
  void messagesAreEnglishWhateverTheBrowserPrefers() {
    MvcTestResult response =
        mvc.post()
            .uri("/api/tasks")
            .header("Accept-Language", "de")
            .contentType(MediaType.APPLICATION_JSON)
            .content("{}")
            .exchange();
    assertProblem(response, 422, "title");
    assertThat(read(response).at("/errors/title/0").asString()).isEqualTo("must not be null");
  }

  @Test
  void aChangeTouchesOnlyWhatWasSent() {
    JsonNode before = create("{\"title\": \"A\", \"priority\": \"high\", \"due\": \"2028-02-29\"}");
    JsonNode changed =
        read(send("PATCH", address(before), "{\"due\": null, \"status\": \"doing\"}"));
    assertThat(changed.get("due").isNull()).isTrue();
    assertThat(changed.get("status").asString()).isEqualTo("doing");
    assertThat(changed.get("priority").asString()).isEqualTo("high");
    assertThat(changed.get("updated_at").asString())
        .isGreaterThan(before.get("updated_at").asString());
    assertThat(read(send("PATCH", address(before), "{}"))).isEqualTo(changed);
  }

  @Test
  void aReplacedTaskGoesBackToItsDefaults() {
    JsonNode before = create("{\"title\": \"A\", \"status\": \"done\", \"due\": \"2030-01-01\"}");
    JsonNode replaced = read(send("PUT", address(before), "{\"title\": \"B\"}"));
    assertThat(replaced.get("status").asString()).isEqualTo("todo");
    assertThat(replaced.get("due").isNull()).isTrue();
    assertProblem(send("PUT", address(before), "{\"status\": \"done\"}"), 422, "title");
  }

  @Test
  void aDeletedTaskIsGoneAndItsIdWithIt() {
    JsonNode task = create("{\"title\": \"A\"}");
    assertThat(send("DELETE", address(task), "")).hasStatus(204).body().isEmpty();
    for (String method : List.of("GET", "DELETE", "PATCH", "PUT")) {
      assertProblem(send(method, address(task), "{\"title\": \"A\"}"), 404);
    }
    assertThat(create("{\"title\": \"A\"}").get("id").asLong())
        .isGreaterThan(task.get("id").asLong());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "999999", "1.0", "x", "99999999999999999999"})
  void whatIsNoIdLeadsNowhere(String id) {
    assertProblem(get("/api/tasks/" + id), 404);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"title\": \" \\t\", \"description\": \"a\\u0000\"} | title,description",
        "{\"title\": \"a\\nb\", \"status\": \"Todo\", \"priority\": \"\"} | title,status,priority",
        "{\"title\": \"\\ud800\"} | title",
        "{\"title\": 5, \"status\": [], \"due\": \"soon\"} | title,status,due",
        "{\"title\": null, \"due\": \"2027-02-29\"} | title,due",
        "{\"title\": \"A\", \"due\": \"2030-5-1\"} | due",
      })
  void brokenFieldsAreNamedAllAtOnceAndNothingIsStored(String body, String names) {
    JsonNode before = create("{\"title\": \"A\"}");
    assertProblem(send("POST", "/api/tasks", body), 422, names.split(","));
    assertProblem(send("PATCH", address(before), body), 422, names.split(","));
    JsonNode list = read(get("/api/tasks"));
    assertThat(list.get("total").asInt()).isEqualTo(1);
    assertThat(list.get("items").get(0)).isEqualTo(before);
  }

  @Test
  void lengthsCountCodePoints() {
    create(json.writeValueAsString(Map.of("title", "🦀".repeat(200))));
    String tooLong = json.writeValueAsString(Map.of("title", "🦀".repeat(201)));
    assertProblem(send("POST", "/api/tasks", tooLong), 422, "title");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "null", "{\"title\": NaN}", "{\"title\": \"A\"} x"})
  void whatIsNoJsonObjectIsRefused(String body) {
    assertProblem(send("POST", "/api/tasks", body), 400);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = true,
      value = {
        "order=asc | b C a B",
        "page=1 | B a C b",
        "sort=due | a C B b",
        "sort=due&order=desc | B C a b",
        "sort=priority | C B a b",
        "sort=title&order=desc | C B b a",
        "priority=low | B C",
        "q=B | B b",
        "per_page=2&page=2 | C b",
      })
  void listsAreSortedFilteredAndPaged(String query, String titles) {
    create("{\"title\": \"b\", \"priority\": \"high\"}");
    create("{\"title\": \"C\", \"priority\": \"low\", \"due\": \"2030-05-02\"}");
    create("{\"title\": \"a\", \"due\": \"2030-05-01\"}");
    create("{\"title\": \"B\", \"priority\": \"low\", \"due\": \"2030-05-02\"}");
    JsonNode list = read(get("/api/tasks?" + query));
    assertThat(list.get("items").findValuesAsString("title")).containsExactly(titles.split(" "));
  }

  @Test
  void aQueryThatBreaksARuleIsAProblem() {
    assertProblem(get("/api/tasks?status=x&sort=id&order=up"), 422, "status", "sort", "order");
    assertProblem(get("/api/tasks?page=0x1&per_page=101"), 422, "page", "per_page");
  }

  @Test
  void whileAnotherProgramWritesReadsGoOnAndWritesAreToComeAgain() throws Exception {
    try (Connection other = DriverManager.getConnection(databaseUrl())) {
      other.createStatement().execute("BEGIN IMMEDIATE");
      MvcTestResult response = send("POST", "/api/tasks", "{\"title\": \"A\"}");
      assertProblem(response, 503);
      assertThat(response).hasHeader("Retry-After", "1");
      assertThat(read(get("/api/tasks")).get("total").asInt()).isZero();
      other.createStatement().execute("ROLLBACK");
    }
    create("{\"title\": \"A\"}");
  }

  @Test
  void aBodyIsLimitedAndMustBeUtf8() {
    assertProblem(send("POST", "/api/tasks", " ".repeat(1024 * 1024 + 1)), 413);
    assertProblem(send("POST", "/api/tasks", "\uFEFF{\"title\": \"A\"}"), 400);
  }

  @Test
  void aMethodThatIsNotOfferedIsRefused() {
    assertThat(send("PUT", "/api/tasks", "{}")).hasStatus(405).containsHeader("Allow");
  }

  private JsonNode create(String body) {
    return create("/api/tasks", body);
  }

  private static String address(JsonNode task) {
    return "/api/tasks/" + task.get("id");
  }
}
