package com.example.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.JsonNode;

class BlogTest extends ApiTest {
  private static final String COMMENT = "{\"author\": \" Ada \", \"body\": \"Well said.\"}";

  @BeforeEach
  void empty() {
    db.sql("DELETE FROM posts").update();
  }

  @Test
  void aNewPostIsADraftUnderASlugOfItsTitle() {
    MvcTestResult response =
        send("POST", "/api/posts", "{\"title\": \" Crème  brûlée! \", \"body\": \"B\"}");
    assertThat(response).hasStatus(201).hasHeader("Location", "/api/posts/creme-brulee");
    JsonNode post = read(response);
    assertThat(post.get("title").asString()).isEqualTo("Crème  brûlée!");
    assertThat(post.get("tags").isEmpty()).isTrue();
    assertThat(post.get("published").asBoolean()).isFalse();
    assertThat(post.get("published_at").isNull()).isTrue();
    assertThat(read(get("/api/posts/creme-brulee"))).isEqualTo(post);
    assertThat(read(get("/api/posts")).get("total").asInt()).isZero();
    assertThat(get("/posts/creme-brulee")).hasStatus(404);
  }

  @ParameterizedTest
  @CsvSource({"A  B, a-b", "'  --a__b--c-  ', a-b-c", "C++ & C#, c-c", "!?, post", "🦀, post"})
  void aSlugThatIsTakenIsNumbered(String title, String slug) {
    String body = json.writeValueAsString(java.util.Map.of("title", title, "body", "B"));
    assertThat(create("/api/posts", body).get("slug").asString()).isEqualTo(slug);
    assertThat(create("/api/posts", body).get("slug").asString()).isEqualTo(slug + "-2");
    assertThat(create("/api/posts", body).get("slug").asString()).isEqualTo(slug + "-3");
  }

  @Test
  void aSlugIsTheSameInEveryLocale() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("tr"));
    try {
      assertThat(publish("ISTANBUL", "x").get("slug").asString()).isEqualTo("istanbul");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void theFirstPublicationIsRemembered() {
    String address = "/api/posts/" + publish("A", "x").get("slug").asString();
    JsonNode before = read(get(address));
    JsonNode draft = read(send("PATCH", address, "{\"published\": false}"));
    JsonNode again =
        read(send("PATCH", address, "{\"published\": true, \"tags\": [\"b\", \"a\", \"b\"]}"));
    assertThat(again.get("published_at")).isEqualTo(before.get("published_at"));
    assertThat(draft.get("published_at")).isEqualTo(before.get("published_at"));
    assertThat(again.get("tags").toString()).isEqualTo("[\"b\",\"a\"]");
    assertThat(again.get("updated_at").asString())
        .isGreaterThan(draft.get("updated_at").asString());
    assertThat(read(send("PATCH", address, "{}"))).isEqualTo(again);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"title\": \"a\\nb\", \"body\": \" \", \"tags\": [\"A B\"]} | title,body,tags",
        "{\"title\": 1, \"body\": \"\", \"published\": \"false\"} | title,body,published",
        "{\"title\": \"A\", \"body\": \"B\", \"tags\": [[\"a\"]]} | tags",
        "{\"tags\": null} | title,body,tags",
      })
  void brokenFieldsAreNamedAllAtOnce(String body, String names) {
    assertProblem(send("POST", "/api/posts", body), 422, names.split(","));
    assertThat(db.sql("SELECT count(*) FROM posts").query(Long.class).single()).isZero();
  }

  @Test
  void listsAreFilteredAndPaged() {
    publish("A", "x");
    publish("B", "x\", \"y");
    publish("C", "y");
    assertThat(titles("?tag=x")).isEqualTo("BA");
    assertThat(titles("?q=c")).isEqualTo("C");
    assertThat(titles("?per_page=2&page=2")).isEqualTo("A");
    assertThat(titles("?page=9")).isEmpty();
    assertProblem(get("/api/posts?page=0"), 422, "page");
  }

  @Test
  void commentsBelongToAPostAndGoWithIt() {
    String address = "/api/posts/" + publish("A", "x").get("slug").asString();
    JsonNode comment = create(address + "/comments", COMMENT);
    assertThat(comment.get("author").asString()).isEqualTo("Ada");
    assertThat(read(get(address + "/comments")).get("items").get(0)).isEqualTo(comment);
    assertThat(send("DELETE", address, "")).hasStatus(204);
    assertProblem(get(address + "/comments"), 404);
    publish("A", "x");
    assertThat(read(get(address + "/comments")).get("total").asInt()).isZero();
  }

  @Test
  void aDraftTakesNoComments() {
    create("/api/posts", "{\"title\": \"Draft\", \"body\": \"B\"}");
    assertProblem(send("POST", "/api/posts/draft/comments", COMMENT), 409);
    assertProblem(send("POST", "/api/posts/nothing/comments", COMMENT), 404);
  }

  @Test
  void pagesAreLinkedAndEscaped() {
    for (int number = 1; number <= 11; number++) {
      publish("<b>" + number + "</b>", "x");
    }
    assertThat(get("/"))
        .hasStatus(200)
        .bodyText()
        .contains("&lt;b&gt;11", "rel=\"next\"")
        .doesNotContain("rel=\"prev\"");
    assertThat(get("/tags/x?page=2"))
        .bodyText()
        .contains("&lt;b&gt;1&lt;", "rel=\"prev\"")
        .doesNotContain("rel=\"next\"");
    for (String path : new String[] {"/?page=3", "/tags/y", "/posts/nothing", "/nothing"}) {
      assertThat(get(path))
          .hasStatus(404)
          .hasContentTypeCompatibleWith(MediaType.TEXT_HTML)
          .bodyText()
          .contains("Back to all posts");
    }
    assertThat(get("/?page=x")).hasStatus(422).hasContentTypeCompatibleWith(MediaType.TEXT_HTML);
    assertProblem(get("/api/nothing"), 404);
  }

  @Test
  void theFormStoresACommentOrComesAgain() {
    publish("A", "x");
    assertThat(form("Ada", "Well <said>")).hasStatus(303).hasRedirectedUrl("/posts/a");
    assertThat(get("/posts/a")).bodyText().contains("Ada", "Well &lt;said&gt;");
    assertThat(form(" ", "typed"))
        .hasStatus(422)
        .bodyText()
        .contains("aria-invalid=\"true\"", "Your name must be 1 to 80 characters long.", "typed");
  }

  private MvcTestResult form(String author, String body) {
    return mvc.post()
        .uri("/posts/a/comments")
        .param("author", author)
        .param("body", body)
        .exchange();
  }

  private JsonNode publish(String title, String tags) {
    return create(
        "/api/posts",
        "{\"title\": \"%s\", \"body\": \"B\", \"tags\": [\"%s\"], \"published\": true}"
            .formatted(title, tags));
  }

  private String titles(String query) {
    return String.join(
        "", read(get("/api/posts" + query)).get("items").findValuesAsString("title"));
  }
}
