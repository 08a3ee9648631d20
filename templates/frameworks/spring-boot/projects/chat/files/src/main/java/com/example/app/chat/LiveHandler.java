package com.example.app.chat;

import com.example.app.Fields;
import com.example.app.InvalidException;
import jakarta.websocket.Session;
import java.util.concurrent.TimeUnit;
import org.apache.tomcat.websocket.Constants;
import org.springframework.stereotype.Component;
import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.adapter.NativeWebSocketSession;
import org.springframework.web.socket.handler.AbstractWebSocketHandler;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Takes what clients send. Tomcat calls it for one message of a connection at a time. */
@Component
class LiveHandler extends AbstractWebSocketHandler {
  /** The attribute of a session that has its member. */
  static final String MEMBER = "member";

  private static final int MAX_BYTES = 65_536;
  private static final String NOT_UNDERSTOOD =
      "send {\"type\": \"message\", \"text\": \"...\"} with 1 to 2000 characters";

  private final Hub hub;
  private final Posts posts;
  private final Fields fields;
  private final JsonMapper json;

  /** In milliseconds. One who takes nothing for so long has not answered pings either. */
  private final long sendTimeout;

  LiveHandler(Hub hub, Posts posts, Fields fields, JsonMapper json, ChatSettings settings) {
    this.sendTimeout = TimeUnit.SECONDS.toMillis(2L * settings.pingSeconds());
    this.hub = hub;
    this.posts = posts;
    this.fields = fields;
    this.json = json;
  }

  @Override
  public void afterConnectionEstablished(WebSocketSession session) {
    ((NativeWebSocketSession) session)
        .getNativeSession(Session.class)
        .getUserProperties()
        .put(Constants.BLOCKING_SEND_TIMEOUT_PROPERTY, sendTimeout);
    hub.join(member(session), session);
  }

  @Override
  public void handleMessage(WebSocketSession session, WebSocketMessage<?> message)
      throws Exception {
    Member member = member(session);
    if (!hub.has(member)) {
      return;
    }
    try {
      super.handleMessage(session, message);
    } finally {
      // A pong waits behind messages, and is not read while one of them waits to be stored.
      member.seen();
    }
  }

  @Override
  protected void handleTextMessage(WebSocketSession session, TextMessage message) throws Exception {
    if (message.getPayloadLength() > MAX_BYTES) {
      session.close(CloseStatus.TOO_BIG_TO_PROCESS);
      return;
    }
    Member member = member(session);
    try {
      if (json.readTree(message.getPayload()) instanceof ObjectNode sent) {
        posts.post(member, fields.read(sent, MessageFields.EMPTY).text());
      } else {
        hub.refuse(member, NOT_UNDERSTOOD);
      }
    } catch (JacksonException | InvalidException error) {
      hub.refuse(member, NOT_UNDERSTOOD);
    }
  }

  @Override
  protected void handleBinaryMessage(WebSocketSession session, BinaryMessage message) {
    hub.refuse(member(session), NOT_UNDERSTOOD);
  }

  /** Tomcat closes the connection by itself after this. */
  @Override
  public void handleTransportError(WebSocketSession session, Throwable error) {
    hub.leave(member(session));
  }

  @Override
  public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
    hub.leave(member(session));
  }

  private static Member member(WebSocketSession session) {
    return (Member) session.getAttributes().get(MEMBER);
  }
}
