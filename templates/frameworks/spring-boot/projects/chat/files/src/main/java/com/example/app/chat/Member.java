package com.example.app.chat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.LinkedBlockingDeque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.PingMessage;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;

/**
 * Somebody in a room, with what is still to be sent to them. A thread of their own sends it: one
 * who reads slowly holds up nobody else.
 */
class Member {
  private static final Logger log = LoggerFactory.getLogger(Member.class);

  /** How many events may wait for one who reads slowly. */
  private static final int MAX_WAITING = 2_000;

  /** Not 1000, after which many clients do not come back. */
  private static final CloseStatus LOST =
      CloseStatus.SESSION_NOT_RELIABLE.withReason("you read or answer too slowly");

  private final long room;
  private final String name;
  private final BlockingDeque<Sending> waiting = new LinkedBlockingDeque<>();
  private volatile Thread sender;

  /** When the client last showed that it is there, by System.nanoTime(). */
  private volatile long seenAt = System.nanoTime();

  Member(long room, String name) {
    this.room = room;
    this.name = name;
  }

  long room() {
    return room;
  }

  String name() {
    return name;
  }

  /** Whether the handshake has ended, and the others see the member. */
  boolean isJoined() {
    return sender != null;
  }

  void seen() {
    seenAt = System.nanoTime();
  }

  boolean isSilentFor(Duration time) {
    return System.nanoTime() - seenAt > time.toNanos();
  }

  /** Begins to send. `leave` is called when that has failed. */
  void open(WebSocketSession session, Runnable leave) {
    seen();
    sender = new Thread(() -> sendAll(session, leave), "member of room " + room);
    sender.setDaemon(true);
    sender.start();
  }

  /** Never waits; false if the member is too far behind. */
  boolean send(TextMessage event) {
    return waiting.size() < MAX_WAITING && waiting.offer(session -> session.sendMessage(event));
  }

  /** A ping does not wait behind events, so that one who is far behind can answer in time. */
  void ping() {
    waiting.offerFirst(session -> session.sendMessage(new PingMessage()));
  }

  /** Closes the connection after what is still to be sent. */
  void close(CloseStatus status) {
    waiting.offer(
        session -> {
          session.close(status);
          throw new IOException("closed");
        });
  }

  /**
   * Ends the thread before its next sending; it closes the connection if that is still open. To
   * interrupt it would close the connection below Tomcat, without a closing frame.
   */
  void end() {
    waiting.offerFirst(
        session -> {
          throw new IOException("the member has left");
        });
  }

  /** Waits until nothing more is sent, for a while. */
  void awaitEnd(Duration time) throws InterruptedException {
    if (sender != null) {
      sender.join(Math.max(1, time.toMillis()));
    }
  }

  private void sendAll(WebSocketSession session, Runnable leave) {
    try {
      while (true) {
        waiting.take().to(session);
      }
    } catch (InterruptedException | IOException | IllegalStateException error) {
      log.debug("nothing more is sent to {}", name, error);
    } finally {
      leave.run();
      close(session);
    }
  }

  private static void close(WebSocketSession session) {
    try {
      session.close(LOST);
    } catch (IOException | IllegalStateException error) {
      log.debug("the connection was not closed", error);
    }
  }

  private interface Sending {
    void to(WebSocketSession session) throws IOException;
  }
}
