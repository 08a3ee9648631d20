package com.example.app.tasks;

import com.example.app.NotFoundException;
import com.example.app.Page;
import com.example.app.Paging;
import com.example.app.Times;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The tasks in the database. Each method is a transaction. */
@Repository
@Transactional
public class TaskRepository {
  private final JdbcClient db;

  TaskRepository(JdbcClient db) {
    this.db = db;
  }

  public Task create(TaskFields fields) {
    String sql =
        """
        INSERT INTO tasks (title, description, status, priority, due, created_at, updated_at)
        VALUES (:title, :description, :status, :priority, :due, :now, :now) RETURNING *""";
    return set(fields, sql).param("now", Times.now()).query(Task.class).single();
  }

  @Transactional(readOnly = true)
  public Task find(long id) {
    return select(id);
  }

  @Transactional(readOnly = true)
  public Page<Task> list(TaskFilter filter, Paging paging) {
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("status", filter.status());
    parameters.put("priority", filter.priority());
    parameters.put("q", filter.q());
    // Not LIKE, in which % and _ have a meaning. `lower` knows ASCII letters only.
    String from =
        """
        tasks WHERE (:status IS NULL OR status = :status)
        AND (:priority IS NULL OR priority = :priority)
        AND (:q IS NULL OR instr(lower(title), lower(:q)) OR instr(lower(description), lower(:q)))""";
    String key =
        switch (filter.sort()) {
          // Tasks without a day come last, whatever the order.
          case "due" -> "due IS NULL, due";
          case "priority" -> "CASE priority WHEN 'low' THEN 1 WHEN 'normal' THEN 2 ELSE 3 END";
          case "title" -> "title COLLATE NOCASE";
          default -> "created_at";
        };
    // The filter lets no other words through than asc and desc.
    String orderBy = "%1$s %2$s, id %2$s".formatted(key, filter.order());
    Page.Query query = new Page.Query("*", from, orderBy);
    return Page.read(db, query, parameters, paging, Task.class);
  }

  /**
   * Stores what `edit` makes of a task. It reads and writes in one transaction: of two changes at
   * once, the second sees the first.
   */
  public Task update(long id, UnaryOperator<TaskFields> edit) {
    Task before = select(id);
    TaskFields fields = edit.apply(before.fields());
    if (fields.equals(before.fields())) {
      return before;
    }
    String sql =
        """
        UPDATE tasks SET title = :title, description = :description, status = :status,
        priority = :priority, due = :due, updated_at = :now WHERE id = :id RETURNING *""";
    return set(fields, sql)
        .param("now", Times.after(before.updatedAt()))
        .param("id", id)
        .query(Task.class)
        .single();
  }

  public void delete(long id) {
    if (db.sql("DELETE FROM tasks WHERE id = :id").param("id", id).update() == 0) {
      throw new NotFoundException();
    }
  }

  private Task select(long id) {
    return db.sql("SELECT * FROM tasks WHERE id = :id")
        .param("id", id)
        .query(Task.class)
        .optional()
        .orElseThrow(NotFoundException::new);
  }

  private StatementSpec set(TaskFields fields, String sql) {
    return db.sql(sql)
        .param("title", fields.title())
        .param("description", fields.description())
        .param("status", fields.status())
        .param("priority", fields.priority())
        .param("due", fields.due());
  }
}
