package com.example.app.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;

import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.socket.WebSocketSession;
import tools.jackson.databind.JsonNode;

/** The sockets, over real connections. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "chat.ping-seconds=2")
class LiveTest {
  @TempDir static Path folder;
  private static int rooms;

  @LocalServerPort int port;
  @Autowired Hub hub;
  @Autowired RoomRepository repository;
  @Autowired MessageRepository messages;
  private long id;
  private String room;

  @DynamicPropertySource
  static void database(DynamicPropertyRegistry registry) {
    registry.add("database.url", LiveTest::url);
  }

  private static String url() {
    return "jdbc:sqlite:" + folder.resolve("test.db");
  }

  @BeforeEach
  void open() {
    id = repository.create(new RoomFields("room-" + ++rooms)).id();
    room = address(id);
  }

  @Test
  void membersAreToldWhoIsThereWhoComesAndWhoGoes() throws Exception {
    Client ada = new Client(room, "Ada");
    assertThat(names(ada.receive("welcome"))).containsExactly("Ada");
    Client grace = new Client(room, "%20Grace%20");
    assertThat(names(grace.receive("welcome"))).containsExactly("Ada", "Grace");
    assertThat(ada.receive("joined").get("name").asString()).isEqualTo("Grace");
    grace.close();
    assertThat(ada.receive("left").get("name").asString()).isEqualTo("Grace");
    assertThat(grace.receiveClose()).isEqualTo(1000);
    WebSocket again = connect("Grace", null);
    ada.receive("joined");
    again.abort();
    ada.receive("left");
  }

  @Test
  void allGetTheSameInTheOrderOfTheHistoryAndOtherRoomsNothing() throws Exception {
    List<Client> members = join("Ada", "Grace");
    Client other = joinRoom(address(repository.create(new RoomFields("other")).id()), "Ada");
    for (int number = 0; number < 40; number++) {
      for (Client member : members) {
        member.say(" 🦀 " + number + "\n");
      }
    }
    List<JsonNode> first = receive(members.get(0), 80);
    assertThat(receive(members.get(1), 80)).isEqualTo(first);
    List<Message> history = messages.list(id, new HistoryFilter(null, "100")).items();
    assertThat(first.stream().map(event -> event.get("id").asLong()))
        .containsExactlyElementsOf(history.stream().map(Message::id).toList());
    List<String> ofAda =
        first.stream()
            .filter(event -> event.get("author").asString().equals("Ada"))
            .map(event -> event.get("text").asString())
            .toList();
    assertThat(ofAda).hasSize(40).startsWith(" 🦀 0\n").endsWith(" 🦀 39\n");
    other.say("here");
    assertThat(other.receive("message").get("text").asString()).isEqualTo("here");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "null",
        "{\"type\": \"message\"}",
        "{\"type\": \"other\", \"text\": \"a\"}",
        "{\"type\": \"message\", \"text\": 5}",
        "{\"type\": \"message\", \"text\": \" \\n\"}",
        "{\"type\": \"message\", \"text\": \"a\\u0000\"}",
        "{\"type\": \"message\", \"text\": \"\\ud800\"}",
        "{\"type\": \"message\", \"text\": \"a\"} x",
      })
  void whatIsNoMessageIsAnErrorToItsSenderAlone(String text) throws Exception {
    List<Client> members = join("Ada", "Grace");
    members.get(0).send(text);
    assertThat(members.get(0).receive("error").get("detail").asString()).isNotEmpty();
    members.get(0).sendBinary(text);
    members.get(0).receive("error");
    members.get(0).say("x".repeat(2001));
    members.get(0).receive("error");
    members.get(0).say("🦀".repeat(2000));
    assertThat(members.get(0).receive("message")).isEqualTo(members.get(1).receive("message"));
  }

  @Test
  void aMessageThatIsTooLongEndsItsConnectionAlone() throws Exception {
    List<Client> members = join("Ada", "Grace");
    members.get(0).send("x".repeat(65_536));
    members.get(0).receive("error");
    members.get(0).sendBinary("x".repeat(65_536));
    members.get(0).receive("error");
    // Its bytes count, not its characters.
    Client bob = joinRoom(room, "Bob");
    members.get(0).receive("joined");
    bob.send("ä".repeat(32_769));
    assertThat(bob.receiveClose()).isEqualTo(1009);
    members.get(0).receive("left");
    // Tomcat does not read these to their end, so its closing frame may get lost.
    for (boolean binary : List.of(false, true)) {
      Client cyd = joinRoom(room, "Cyd");
      members.get(0).receive("joined");
      String message = "x".repeat(65_537);
      if (binary) {
        cyd.sendBinary(message);
      } else {
        cyd.send(message);
      }
      assertThat(cyd.receiveClose()).isIn(1009, Client.NO_STATUS);
      members.get(0).receive("left");
    }
    members.get(0).say("still here");
    members.get(0).receive("message");
  }

  @Test
  void whatCannotBeStoredIsAnErrorToItsSenderAlone() throws Exception {
    List<Client> members = join("Ada", "Grace");
    try (Connection other = DriverManager.getConnection(url());
        Statement lock = other.createStatement()) {
      lock.execute("BEGIN IMMEDIATE");
      members.get(0).say("a");
      members.get(0).receive("error");
    }
    members.get(0).say("b");
    assertThat(members.get(0).receive("message")).isEqualTo(members.get(1).receive("message"));
  }

  @ParameterizedTest
  @CsvSource({"Ada,409", "%20Ada,409", "'',422", "a%0Ab,422"})
  void whoMayNotJoinIsToldBeforeTheUpgrade(String name, int status) throws Exception {
    join("Ada");
    assertThat(refusal(name, null)).isEqualTo(status);
  }

  @Test
  void aHandshakeThatTomcatRefusesTakesNoName() throws Exception {
    String request =
        """
        GET /api/rooms/%d/live?name=Ada HTTP/1.1
        Host: 127.0.0.1
        Connection: Upgrade
        Upgrade: websocket
        Sec-WebSocket-Version: 13
        Sec-WebSocket-Key: no key

        """;
    try (Socket socket = new Socket("127.0.0.1", port)) {
      byte[] bytes = request.formatted(id).replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
      socket.getOutputStream().write(bytes);
      byte[] status = socket.getInputStream().readNBytes("HTTP/1.1 400".length());
      assertThat(new String(status, StandardCharsets.UTF_8)).isEqualTo("HTTP/1.1 400");
    }
    assertThat(refusal("Ada", null)).isEqualTo(101);
  }

  @Test
  void aPageOfAnotherSiteMayNotJoin() throws Exception {
    for (String origin : List.of("https://example.org", "null", "http://127.0.0.1:1")) {
      assertThat(refusal("Ada", origin)).isEqualTo(403);
    }
    assertThat(refusal("Ada", "http://127.0.0.1:" + port)).isEqualTo(101);
  }

  @Test
  void whoAnswersNoPingHasLeft() throws Exception {
    Client ada = join("Ada").get(0);
    Instant start = Instant.now();
    // A connection answers pings while it is read: this one is not.
    assertThat(refusal("Bob", null)).isEqualTo(101);
    ada.receive("joined");
    ada.receive("left");
    assertThat(Duration.between(start, Instant.now())).isGreaterThan(Duration.ofSeconds(2));
  }

  @Test
  void whoTalksHasNotLeft() throws Exception {
    Client ada = join("Ada").get(0);
    WebSocket bob = connect("Bob", null);
    ada.receive("joined");
    // Longer than it takes until somebody who is silent has left.
    for (int number = 0; number < 12; number++) {
      bob.sendText("{\"type\": \"message\", \"text\": \"a\"}", true).join();
      ada.receive("message");
      Thread.sleep(500);
    }
  }

  @Test
  void whoHasLeftIsNotHeard() throws Exception {
    Client ada = join("Ada").get(0);
    // This connection is not read, so it stays open after the closing frame of the server.
    WebSocket bob = connect("Bob", null);
    ada.receive("joined");
    bob.sendText("ä".repeat(32_769), true).join();
    ada.receive("left");
    bob.sendText("{\"type\": \"message\", \"text\": \"a\"}", true).join();
    joinRoom(room, "Bob").say("b");
    ada.receive("joined");
    assertThat(ada.receive("message").get("text").asString()).isEqualTo("b");
  }

  @Test
  void oneWhoReadsNothingHoldsUpNobody() throws Exception {
    Client ada = join("Ada").get(0);
    CountDownLatch end = new CountDownLatch(1);
    WebSocketSession stuck = mock();
    doAnswer(call -> end.await(1, TimeUnit.MINUTES)).when(stuck).sendMessage(any());
    hub.join(hub.reserve(id, "Bob"), stuck);
    try {
      ada.receive("joined");
      for (int number = 0; number < 500; number++) {
        ada.say("x".repeat(2000));
      }
      // Bob leaves among them or after them: he answers no ping.
      List<String> types = new ArrayList<>();
      for (int number = 0; number < 501; number++) {
        types.add(ada.receive().get("type").asString());
      }
      assertThat(types).containsOnlyOnce("left").containsOnly("message", "left");
    } finally {
      end.countDown();
    }
  }

  @Test
  void theStopClosesConnectionsAndRefusesNewOnes() throws Exception {
    Client ada = join("Ada").get(0);
    hub.stop();
    try {
      assertThat(ada.receiveClose()).isEqualTo(1001);
      assertThat(refusal("Grace", null)).isEqualTo(503);
    } finally {
      hub.start();
    }
  }

  /** With which status somebody is refused, or 101. */
  private int refusal(String name, String origin) {
    try {
      connect(name, origin);
      return 101;
    } catch (CompletionException error) {
      return ((WebSocketHandshakeException) error.getCause()).getResponse().statusCode();
    }
  }

  /** A connection that is not read. */
  private WebSocket connect(String name, String origin) {
    WebSocket.Builder builder = HttpClient.newHttpClient().newWebSocketBuilder();
    if (origin != null) {
      builder.header("Origin", origin);
    }
    WebSocket.Listener silent =
        new WebSocket.Listener() {
          @Override
          public void onOpen(WebSocket socket) {
            // Without `request`, nothing is read.
          }
        };
    URI uri = URI.create(room.replaceFirst("http", "ws") + "/live?name=" + name);
    return builder.buildAsync(uri, silent).join();
  }

  /** New members of the room, each of whom has heard of all. */
  private List<Client> join(String... names) throws InterruptedException {
    List<Client> members = new ArrayList<>();
    for (String name : names) {
      Client client = joinRoom(room, name);
      for (Client member : members) {
        member.receive("joined");
      }
      members.add(client);
    }
    return members;
  }

  private static Client joinRoom(String room, String name) throws InterruptedException {
    Client client = new Client(room, name);
    client.receive("welcome");
    return client;
  }

  private static List<JsonNode> receive(Client member, int count) throws InterruptedException {
    List<JsonNode> events = new ArrayList<>();
    while (events.size() < count) {
      events.add(member.receive("message"));
    }
    return events;
  }

  private static List<String> names(JsonNode welcome) {
    return welcome.get("members").valueStream().map(JsonNode::asString).toList();
  }

  private String address(long id) {
    return "http://127.0.0.1:" + port + "/api/rooms/" + id;
  }
}
