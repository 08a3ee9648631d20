package com.example.app.blog;

import com.example.app.NotFoundException;
import com.example.app.Page;
import com.example.app.Paging;
import com.example.app.Times;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The posts in the database. Each method is a transaction. */
@Repository
@Transactional
public class PostRepository {
  // Spring makes a list of a text with commas, which no tag has.
  private static final String COLUMNS =
      """
      *, (SELECT coalesce(group_concat(tag ORDER BY position), '') FROM post_tags
          WHERE post_id = posts.id) AS tags
      """;

  private final JdbcClient db;

  PostRepository(JdbcClient db) {
    this.db = db;
  }

  public Post create(PostFields fields) {
    String now = Times.now();
    String sql =
        """
        INSERT INTO posts (slug, title, body, published, created_at, updated_at, published_at)
        VALUES (:slug, :title, :body, :published, :now, :now, :publishedAt) RETURNING id""";
    long id =
        db.sql(sql)
            .param("slug", freeSlug(Slug.of(fields.title())))
            .param("title", fields.title())
            .param("body", fields.body())
            .param("published", fields.published())
            .param("now", now)
            .param("publishedAt", fields.published() ? now : null)
            .query(Long.class)
            .single();
    setTags(id, fields.tags());
    return select("id", id);
  }

  /** One post, also a draft. */
  @Transactional(readOnly = true)
  public Post find(String slug) {
    return select("slug", slug);
  }

  /** One post; for readers a draft is not there. */
  @Transactional(readOnly = true)
  public Post findPublished(String slug) {
    Post post = select("slug", slug);
    if (!post.published()) {
      throw new NotFoundException();
    }
    return post;
  }

  /** A page of the published posts, the newest first. */
  @Transactional(readOnly = true)
  public Page<Post> list(PostFilter filter, Paging paging) {
    // Not LIKE, in which % and _ have a meaning. `lower` knows ASCII letters only.
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("tag", filter.tag());
    parameters.put("q", filter.q());
    String from =
        """
        posts WHERE published = 1
        AND (:tag IS NULL OR EXISTS (SELECT 1 FROM post_tags WHERE post_id = posts.id AND tag = :tag))
        AND (:q IS NULL OR instr(lower(title), lower(:q)) OR instr(lower(body), lower(:q)))""";
    Page.Query query = new Page.Query(COLUMNS, from, "published_at DESC, id DESC");
    return Page.read(db, query, parameters, paging, Post.class);
  }

  /**
   * Stores what `edit` makes of a post, in one transaction with reading it. The slug stays as it
   * is: links lead to it.
   */
  public Post update(String slug, UnaryOperator<PostFields> edit) {
    Post before = select("slug", slug);
    PostFields fields = edit.apply(before.fields());
    if (fields.equals(before.fields())) {
      return before;
    }
    String now = Times.after(before.updatedAt());
    String sql =
        """
        UPDATE posts SET title = :title, body = :body, published = :published, updated_at = :now,
        published_at = coalesce(published_at, :publishedAt) WHERE id = :id""";
    db.sql(sql)
        .param("title", fields.title())
        .param("body", fields.body())
        .param("published", fields.published())
        .param("now", now)
        .param("publishedAt", fields.published() ? now : null)
        .param("id", before.id())
        .update();
    setTags(before.id(), fields.tags());
    return select("id", before.id());
  }

  /** Its tags and comments go with it (ON DELETE CASCADE). */
  public void delete(String slug) {
    if (db.sql("DELETE FROM posts WHERE slug = :slug").param("slug", slug).update() == 0) {
      throw new NotFoundException();
    }
  }

  private Post select(String column, Object value) {
    return db.sql("SELECT " + COLUMNS + " FROM posts WHERE " + column + " = :value")
        .param("value", value)
        .query(Post.class)
        .optional()
        .orElseThrow(NotFoundException::new);
  }

  private void setTags(long id, List<String> tags) {
    db.sql("DELETE FROM post_tags WHERE post_id = :id").param("id", id).update();
    for (int position = 0; position < tags.size(); position++) {
      db.sql("INSERT INTO post_tags (post_id, tag, position) VALUES (?, ?, ?)")
          .params(id, tags.get(position), position)
          .update();
    }
  }

  /** The first of slug, slug-2, slug-3... that no post has. */
  private String freeSlug(String slug) {
    // "." comes right after "-": this range is all that begins with the slug and "-".
    String sql =
        "SELECT slug FROM posts WHERE slug = :slug OR (slug >= :slug || '-' AND slug < :slug || '.')";
    Set<String> taken = db.sql(sql).param("slug", slug).query(String.class).set();
    String free = slug;
    for (int number = 2; taken.contains(free); number++) {
      free = slug + "-" + number;
    }
    return free;
  }
}
