package com.example.app.blog;

import com.example.app.Fields;
import com.example.app.Page;
import com.example.app.Paging;
import jakarta.validation.Valid;
import java.net.URI;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

@RestController
@RequestMapping("/api/posts")
class PostController {
  private static final String JSON = MediaType.APPLICATION_JSON_VALUE;

  private final PostRepository posts;
  private final CommentRepository comments;
  private final Fields fields;

  PostController(PostRepository posts, CommentRepository comments, Fields fields) {
    this.posts = posts;
    this.comments = comments;
    this.fields = fields;
  }

  @PostMapping(consumes = JSON)
  ResponseEntity<Post> create(@RequestBody ObjectNode body) {
    Post post = posts.create(fields.read(body, PostFields.DEFAULTS));
    return ResponseEntity.created(URI.create("/api/posts/" + post.slug())).body(post);
  }

  @GetMapping
  Page<Post> list(@Valid PostFilter filter, @Valid Paging paging) {
    return posts.list(filter, paging);
  }

  @GetMapping("/{slug}")
  Post show(@PathVariable String slug) {
    return posts.find(slug);
  }

  @PatchMapping(path = "/{slug}", consumes = JSON)
  Post change(@PathVariable String slug, @RequestBody ObjectNode body) {
    return posts.update(slug, before -> fields.read(body, before));
  }

  @DeleteMapping("/{slug}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(@PathVariable String slug) {
    posts.delete(slug);
  }

  @PostMapping(path = "/{slug}/comments", consumes = JSON)
  @ResponseStatus(HttpStatus.CREATED)
  Comment comment(@PathVariable String slug, @RequestBody ObjectNode body) {
    return comments.create(slug, fields.read(body, CommentFields.EMPTY));
  }

  @GetMapping("/{slug}/comments")
  Page<Comment> comments(@PathVariable String slug, @Valid Paging paging) {
    return comments.list(slug, paging);
  }
}
