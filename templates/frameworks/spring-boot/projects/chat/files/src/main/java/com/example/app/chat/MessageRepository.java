package com.example.app.chat;

import com.example.app.Times;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The messages in the database. Each method is a transaction. */
@Repository
@Transactional
public class MessageRepository {
  private final JdbcClient db;

  MessageRepository(JdbcClient db) {
    this.db = db;
  }

  /** Stores all or none. In one transaction, the disk is written once for all of them. */
  List<Message> create(List<Post> posts) {
    String sql =
        """
        INSERT INTO messages (room_id, author, text, sent_at)
        VALUES (:room, :author, :text, :now) RETURNING *""";
    List<Message> messages = new ArrayList<>();
    for (Post post : posts) {
      messages.add(
          db.sql(sql)
              .param("room", post.member().room())
              .param("author", post.member().name())
              .param("text", post.text())
              .param("now", Times.now())
              .query(Message.class)
              .single());
    }
    return messages;
  }

  /** The newest messages that are older than `before`. */
  @Transactional(readOnly = true)
  public History list(long room, HistoryFilter filter) {
    String sql =
        "SELECT * FROM messages WHERE room_id = :room AND id <= :max ORDER BY id DESC LIMIT :limit";
    // One more than asked for shows whether there are older ones still.
    List<Message> found =
        db.sql(sql)
            .param("room", room)
            .param("max", filter.maxId())
            .param("limit", filter.size() + 1)
            .query(Message.class)
            .list();
    boolean hasMore = found.size() > filter.size();
    List<Message> items = new ArrayList<>(hasMore ? found.subList(0, filter.size()) : found);
    Collections.reverse(items);
    return new History(items, hasMore);
  }
}
