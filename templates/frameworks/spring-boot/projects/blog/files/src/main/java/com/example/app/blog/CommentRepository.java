package com.example.app.blog;

import com.example.app.Page;
import com.example.app.Paging;
import com.example.app.Times;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.server.ResponseStatusException;

/** The comments in the database. Each method is a transaction. */
@Repository
@Transactional
public class CommentRepository {
  private static final String COLUMNS = "id, author, body, created_at";

  private final JdbcClient db;
  private final PostRepository posts;

  CommentRepository(JdbcClient db, PostRepository posts) {
    this.db = db;
    this.posts = posts;
  }

  /** The post cannot become a draft between the two statements: they are one transaction. */
  public Comment create(String slug, CommentFields fields) {
    Post post = posts.find(slug);
    if (!post.published()) {
      throw new ResponseStatusException(HttpStatus.CONFLICT, "a draft takes no comments");
    }
    String sql =
        "INSERT INTO comments (post_id, author, body, created_at) VALUES (?, ?, ?, ?) RETURNING "
            + COLUMNS;
    return db.sql(sql)
        .params(post.id(), fields.author(), fields.body(), Times.now())
        .query(Comment.class)
        .single();
  }

  /** A page of the comments on a post, the oldest first. */
  @Transactional(readOnly = true)
  public Page<Comment> list(String slug, Paging paging) {
    Page.Query query = new Page.Query(COLUMNS, "comments WHERE post_id = :post", "created_at, id");
    Map<String, Long> parameters = Map.of("post", posts.find(slug).id());
    return Page.read(db, query, parameters, paging, Comment.class);
  }

  /** All comments on a post, for its page. */
  @Transactional(readOnly = true)
  public List<Comment> all(long postId) {
    return db.sql("SELECT " + COLUMNS + " FROM comments WHERE post_id = ? ORDER BY created_at, id")
        .param(postId)
        .query(Comment.class)
        .list();
  }
}
