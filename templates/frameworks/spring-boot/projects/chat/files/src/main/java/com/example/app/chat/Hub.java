package com.example.app.chat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.HttpStatus;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import tools.jackson.databind.json.JsonMapper;

/** Who is in which room. Nothing here but `stop` waits for a client. */
@Component
class Hub implements SmartLifecycle {
  /**
   * How long clients may take to get what is still to be sent when the server stops. Requests have
   * their own time after that.
   */
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

  private final JsonMapper json;
  private final Duration maxSilence;

  /** Members by name, in the order of joining, by the id of their room. */
  private final Map<Long, Map<String, Member>> rooms = new HashMap<>();

  private boolean running;

  Hub(JsonMapper json, ChatSettings settings) {
    this.json = json;
    // Looked at with each ping: who answers none is gone after 1.5 to 2.5 times `pingSeconds`.
    this.maxSilence = Duration.ofSeconds(settings.pingSeconds()).multipliedBy(3).dividedBy(2);
  }

  /** Keeps a name for somebody whom the others do not see before `join`. */
  synchronized Member reserve(long room, String name) {
    if (!running) {
      throw new ResponseStatusException(HttpStatus.SERVICE_UNAVAILABLE, "the server stops");
    }
    Member member = new Member(room, name);
    Map<String, Member> members = rooms.computeIfAbsent(room, id -> new LinkedHashMap<>());
    if (members.putIfAbsent(name, member) != null) {
      throw new ResponseStatusException(
          HttpStatus.CONFLICT, "somebody in this room has this name already");
    }
    return member;
  }

  /** Tells the others, and tells the member who is there. */
  synchronized void join(Member member, WebSocketSession session) {
    if (!has(member)) {
      // The handshake took too long, or the server stops.
      member.close(CloseStatus.GOING_AWAY);
      member.open(session, () -> {});
      return;
    }
    broadcast(member.room(), Event.joined(member.name()));
    // The order of joining, not that of reserving.
    Map<String, Member> members = members(member.room());
    members.remove(member.name());
    members.put(member.name(), member);
    member.open(session, () -> leave(member));
    List<String> names =
        members.values().stream().filter(Member::isJoined).map(Member::name).toList();
    member.send(encode(Event.welcome(names)));
  }

  /** Ends the connection, and tells the others. It may be called again. */
  synchronized void leave(Member member) {
    if (!has(member)) {
      return;
    }
    Map<String, Member> members = members(member.room());
    members.remove(member.name());
    if (members.isEmpty()) {
      rooms.remove(member.room());
    }
    if (member.isJoined()) {
      member.end();
      broadcast(member.room(), Event.left(member.name()));
    }
  }

  /** Whether somebody has not left. Their connection may be open for a while after that. */
  synchronized boolean has(Member member) {
    return members(member.room()).get(member.name()) == member;
  }

  /** Sends an event to all members of a room. */
  synchronized void broadcast(long room, Event event) {
    TextMessage encoded = encode(event);
    List<Member> tooFarBehind = new ArrayList<>();
    for (Member member : members(room).values()) {
      if (member.isJoined() && !member.send(encoded)) {
        tooFarBehind.add(member);
      }
    }
    tooFarBehind.forEach(this::leave);
  }

  /** Tells one member alone what is wrong. */
  void refuse(Member member, String detail) {
    if (!member.send(encode(Event.error(detail)))) {
      leave(member);
    }
  }

  /** Whoever has not answered for a while is lost; so is one whose handshake does not end. */
  @Scheduled(fixedDelayString = "${chat.ping-seconds}", timeUnit = TimeUnit.SECONDS)
  synchronized void ping() {
    for (Member member : all()) {
      if (member.isSilentFor(maxSilence)) {
        leave(member);
      } else if (member.isJoined()) {
        member.ping();
      }
    }
  }

  @Override
  public synchronized void start() {
    running = true;
  }

  /** Closes all connections. The default phase comes before that of the web server. */
  @Override
  public void stop() {
    List<Member> all = removeAll();
    all.forEach(member -> member.close(CloseStatus.GOING_AWAY));
    Instant end = Instant.now().plus(CLOSE_TIMEOUT);
    try {
      for (Member member : all) {
        member.awaitEnd(Duration.between(Instant.now(), end));
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return running;
  }

  private synchronized List<Member> removeAll() {
    running = false;
    List<Member> all = all();
    rooms.clear();
    return all;
  }

  private List<Member> all() {
    return rooms.values().stream().flatMap(room -> room.values().stream()).toList();
  }

  private Map<String, Member> members(long room) {
    return rooms.getOrDefault(room, Map.of());
  }

  private TextMessage encode(Event event) {
    return new TextMessage(json.writeValueAsString(event));
  }
}
