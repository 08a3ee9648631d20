package com.example.app.blog;

import com.example.app.NotFoundException;
import com.example.app.Page;
import com.example.app.Paging;
import jakarta.validation.Valid;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.ModelAndView;

/** The pages, which Thymeleaf renders: see `src/main/resources/templates/`. */
@Controller
class PageController {
  private static final String POSTS_PER_PAGE = "10";

  private final PostRepository posts;
  private final CommentRepository comments;

  PageController(PostRepository posts, CommentRepository comments) {
    this.posts = posts;
    this.comments = comments;
  }

  /** All posts, or those with a tag. */
  @GetMapping({"/", "/tags/{tag}"})
  String list(@PathVariable(required = false) String tag, @Valid Paging paging, Model model) {
    Paging ten = new Paging(paging.page(), POSTS_PER_PAGE);
    Page<Post> page = posts.list(new PostFilter(tag, null), ten);
    // A blog without posts has a home page all the same; other pages without posts do not exist.
    if (page.items().isEmpty() && (page.page() > 1 || tag != null)) {
      throw new NotFoundException();
    }
    model.addAttribute("tag", tag);
    model.addAttribute("posts", page);
    return "list";
  }

  @GetMapping("/posts/{slug}")
  ModelAndView article(@PathVariable String slug) {
    Map<String, ?> form = Map.of("form", CommentFields.EMPTY);
    return article(posts.findPublished(slug), form, HttpStatus.OK);
  }

  /**
   * Stores what the form has. Then the browser goes to the article, so that a reload does not send
   * the comment again. After a mistake the page comes again, with what was typed and the messages.
   */
  @PostMapping("/posts/{slug}/comments")
  ModelAndView comment(
      @PathVariable String slug,
      @Valid @ModelAttribute("form") CommentFields form,
      BindingResult mistakes) {
    Post post = posts.findPublished(slug);
    if (mistakes.hasErrors()) {
      return article(post, mistakes.getModel(), HttpStatus.UNPROCESSABLE_CONTENT);
    }
    comments.create(slug, form);
    return new ModelAndView("redirect:/posts/" + slug, HttpStatus.SEE_OTHER);
  }

  private ModelAndView article(Post post, Map<String, ?> form, HttpStatus status) {
    return new ModelAndView("article", form, status)
        .addObject("post", post)
        .addObject("comments", comments.all(post.id()));
  }
}
