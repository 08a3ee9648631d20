package com.example.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.JsonNode;

class RoomsTest extends ApiTest {
  @BeforeEach
  void empty() {
    db.sql("DELETE FROM rooms").update();
  }

  @Test
  void aNewRoomHasAnAddress() {
    MvcTestResult response = send("POST", "/api/rooms", "{\"name\": \" tea-break \"}");
    assertThat(response).hasStatus(201);
    JsonNode room = read(response);
    assertThat(room.get("name").asString()).isEqualTo("tea-break");
    assertThat(response).hasHeader("Location", address(room));
    assertThat(read(get(address(room)))).isEqualTo(room);
  }

  @Test
  void aNameIsGivenOnce() {
    create("a");
    assertProblem(send("POST", "/api/rooms", "{\"name\": \"a\"}"), 409);
    assertThat(read(get("/api/rooms")).get("total").asInt()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"name\": null}", "{\"name\": 5}", "{\"name\": \"A b\"}"})
  void aBrokenNameIsRefused(String body) {
    assertProblem(send("POST", "/api/rooms", body), 422, "name");
    assertThat(read(get("/api/rooms")).get("total").asInt()).isZero();
  }

  @Test
  void roomsAreListedByName() {
    List.of("b", "c", "a").forEach(this::create);
    JsonNode list = read(get("/api/rooms?per_page=2"));
    assertThat(list.get("items").findValuesAsString("name")).containsExactly("a", "b");
    assertThat(list.get("total").asInt()).isEqualTo(3);
    assertProblem(get("/api/rooms?page=0&per_page=101"), 422, "page", "per_page");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/messages", "/live?name=Ada"})
  void whatIsInNoRoomIsNotThere(String path) {
    for (String id : List.of("0", "-1", "x", "999999", "99999999999999999999")) {
      assertProblem(get("/api/rooms/" + id + path), 404);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = true,
      value = {
        "'' | 1 2 3 4 5 | false",
        "limit=5 | 1 2 3 4 5 | false",
        "limit=2 | 4 5 | true",
        "limit=2&before=4 | 2 3 | true",
        "limit=2&before=3 | 1 2 | false",
        "before=1 | '' | false",
      })
  void aHistoryIsReadFromItsEnd(String query, String texts, boolean hasMore) {
    JsonNode room = create("a");
    JsonNode other = create("b");
    long first = 0;
    for (int number = 1; number <= 5; number++) {
      long id = insert(room, String.valueOf(number));
      first = first == 0 ? id : first;
      insert(other, "elsewhere");
    }
    // The messages of both rooms alternate: every second id is of this room.
    String[] parts = query.split("before=");
    if (parts.length == 2) {
      query = parts[0] + "before=" + (first + 2 * (Long.parseLong(parts[1]) - 1));
    }
    JsonNode history = read(get(address(room) + "/messages?" + query));
    assertThat(String.join(" ", history.get("items").findValuesAsString("text"))).isEqualTo(texts);
    assertThat(history.get("has_more").asBoolean()).isEqualTo(hasMore);
  }

  @Test
  void aHistoryHasLimits() {
    String history = address(create("a")) + "/messages";
    assertProblem(get(history + "?before=0&limit=101"), 422, "before", "limit");
    assertThat(get(history + "?before=999999999999999999&limit=100")).hasStatusOk();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a\nb", "\0"})
  void aBrokenNameDoesNotJoin(String name) {
    String room = address(create("a"));
    assertProblem(live(room, name), 422, "name");
    assertProblem(live(room, "🦀".repeat(41)), 422, "name");
    assertProblem(get(room + "/live"), 422, "name");
  }

  @Test
  void whoMayJoinNeedsAWebSocket() {
    MvcTestResult response = live(address(create("a")), "🦀".repeat(40));
    assertProblem(response, 426);
    assertThat(response).hasHeader("Upgrade", "websocket");
  }

  @Test
  void aHandshakeThatCannotBeReadIsRefusedAndTakesNoName() {
    String room = address(create("a"));
    MvcTestResult response =
        mvc.get()
            .uri(room + "/live?name=Ada")
            .header("Connection", "Upgrade")
            .header("Upgrade", "websocket")
            .header("Sec-WebSocket-Version", "13")
            .header("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==")
            .header("Sec-WebSocket-Extensions", ";")
            .exchange();
    assertProblem(response, 400);
    assertProblem(live(room, "Ada"), 426);
  }

  private MvcTestResult live(String room, String name) {
    return mvc.get().uri(room + "/live?name={name}", name).exchange();
  }

  private JsonNode create(String name) {
    return create("/api/rooms", json.writeValueAsString(Map.of("name", name)));
  }

  private long insert(JsonNode room, String text) {
    return db.sql(
            "INSERT INTO messages (room_id, author, text, sent_at) VALUES (?, 'Ada', ?, '') RETURNING id")
        .param(room.get("id").asLong())
        .param(text)
        .query(Long.class)
        .single();
  }

  private static String address(JsonNode room) {
    return "/api/rooms/" + room.get("id");
  }
}
