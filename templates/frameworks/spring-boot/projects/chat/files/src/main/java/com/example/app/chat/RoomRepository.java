package com.example.app.chat;

import com.example.app.NotFoundException;
import com.example.app.Page;
import com.example.app.Paging;
import com.example.app.Times;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.server.ResponseStatusException;

/** The rooms in the database. Each method is a transaction. */
@Repository
@Transactional
public class RoomRepository {
  private final JdbcClient db;

  RoomRepository(JdbcClient db) {
    this.db = db;
  }

  public Room create(RoomFields fields) {
    String sql =
        """
        INSERT INTO rooms (name, created_at) VALUES (:name, :now)
        ON CONFLICT DO NOTHING RETURNING *""";
    return db.sql(sql)
        .param("name", fields.name())
        .param("now", Times.now())
        .query(Room.class)
        .optional()
        .orElseThrow(
            () ->
                new ResponseStatusException(
                    HttpStatus.CONFLICT, "there is a room with this name already"));
  }

  @Transactional(readOnly = true)
  public Room find(long id) {
    return db.sql("SELECT * FROM rooms WHERE id = :id")
        .param("id", id)
        .query(Room.class)
        .optional()
        .orElseThrow(NotFoundException::new);
  }

  @Transactional(readOnly = true)
  public Page<Room> list(Paging paging) {
    return Page.read(db, new Page.Query("*", "rooms", "name"), Map.of(), paging, Room.class);
  }
}
