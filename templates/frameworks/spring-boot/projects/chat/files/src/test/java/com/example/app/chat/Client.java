package com.example.app.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.client.standard.StandardWebSocketClient;
import org.springframework.web.socket.handler.TextWebSocketHandler;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A member of a room, over a connection. Java's own client may report 1006 for any status if the
 * connection ends right after the closing frame.
 */
class Client extends TextWebSocketHandler implements AutoCloseable {
  /** The connection ended without a closing frame. */
  static final int NO_STATUS = 1006;

  private static final JsonMapper JSON = new JsonMapper();

  private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
  private final WebSocketSession session;

  Client(String room, String name) {
    URI uri = URI.create(room.replaceFirst("http", "ws") + "/live?name=" + name);
    session = new StandardWebSocketClient().execute(this, null, uri).join();
  }

  /** The next event, which has to be of this type. */
  JsonNode receive(String type) throws InterruptedException {
    JsonNode event = receive();
    assertThat(event.get("type").asString()).as("%s", event).isEqualTo(type);
    return event;
  }

  JsonNode receive() throws InterruptedException {
    String next = received.poll(10, TimeUnit.SECONDS);
    assertThat(next).as("an event").isNotNull().startsWith("{");
    return JSON.readTree(next);
  }

  /** With which status the server closes the connection. Events before that are skipped. */
  int receiveClose() throws InterruptedException {
    while (true) {
      String next = received.poll(10, TimeUnit.SECONDS);
      assertThat(next).as("a closing").isNotNull();
      if (next.startsWith("closed ")) {
        return Integer.parseInt(next.substring("closed ".length()));
      }
    }
  }

  void say(String words) {
    send(JSON.writeValueAsString(Map.of("type", "message", "text", words)));
  }

  void send(String message) {
    send(new TextMessage(message));
  }

  void sendBinary(String message) {
    send(new BinaryMessage(ByteBuffer.wrap(message.getBytes(StandardCharsets.UTF_8))));
  }

  private void send(WebSocketMessage<?> message) {
    try {
      session.sendMessage(message);
    } catch (IOException error) {
      // The server may end the connection before it has read all: `receiveClose` tells that.
    }
  }

  @Override
  public void close() throws IOException {
    session.close();
  }

  @Override
  protected void handleTextMessage(WebSocketSession session, TextMessage message) {
    received.add(message.getPayload());
  }

  @Override
  public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
    received.add("closed " + status.getCode());
  }
}
