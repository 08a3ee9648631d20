package com.example.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.JsonNode;

class ShopTest extends ApiTest {
  private static final String BUYER =
      "{\"email\": \"ada@example.com\", \"name\": \" Ada \", \"address\": \"A\\nB\"}";

  @BeforeEach
  void stock() {
    db.sql("UPDATE products SET stock = 5, price_cents = 100 * id").update();
  }

  @Test
  void theShopOpensWithItsCatalogue() {
    JsonNode list = read(get("/api/products?per_page=100"));
    assertThat(list.get("total").asInt()).isEqualTo(24);
    JsonNode newest = list.get("items").get(0);
    assertThat(newest.get("id").asInt()).isEqualTo(24);
    assertThat(read(get("/api/products/24"))).isEqualTo(newest);
    assertThat(newest.get("currency").asString()).isEqualTo("EUR");
    assertThat(read(get("/api/categories")).get("items").size()).isEqualTo(4);
    assertProblem(get("/api/products/25"), 404);
  }

  @ParameterizedTest
  @CsvSource({
    "sort=price&per_page=3, 1 2 3",
    "sort=price&order=desc&per_page=3, 24 23 22",
    "sort=newest&per_page=2, 24 23",
    "order=asc&per_page=2&page=2, 3 4",
    "min_price=500&max_price=600, 6 5",
    "sort=name&q=%25, ''",
    "category=nothing, ''",
    "in_stock=true&max_price=200, 2",
  })
  void listsAreSortedAndFiltered(String query, String ids) {
    db.sql("UPDATE products SET stock = 0 WHERE id = 1").update();
    List<String> items = read(get("/api/products?" + query)).get("items").findValuesAsString("id");
    assertThat(String.join(" ", items)).isEqualTo(ids);
  }

  @Test
  void aQueryThatBreaksARuleIsAProblem() {
    assertProblem(
        get("/api/products?min_price=-1&max_price=0x1&in_stock=false&sort=id&order=up"),
        422,
        "min_price",
        "max_price",
        "in_stock",
        "sort",
        "order");
  }

  @Test
  void aCartHasThePricesOfToday() {
    String cart = newCart();
    put(cart, 2, "3");
    JsonNode changed = read(put(cart, 1, "2"));
    assertThat(changed.get("items").findValuesAsString("product_id")).containsExactly("2", "1");
    assertThat(changed.get("total_cents").asInt()).isEqualTo(3 * 200 + 2 * 100);
    db.sql("UPDATE products SET price_cents = 1000 WHERE id = 2").update();
    assertThat(read(get(cart)).get("total_cents").asInt()).isEqualTo(3 * 1000 + 2 * 100);
    assertThat(read(put(cart, 2, "0")).get("items").size()).isEqualTo(1);
    assertThat(send("DELETE", cart + "/items/1", "")).hasStatus(200);
    assertProblem(send("DELETE", cart + "/items/1", ""), 404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "100", "1.5", "\"1\"", "null", "true", "[]"})
  void aQuantityIsAWholeNumber(String quantity) {
    assertProblem(put(newCart(), 1, quantity), 422, "quantity");
  }

  @Test
  void noMoreThanTheStockGoesIntoACart() {
    MvcTestResult response = put(newCart(), 1, "6");
    assertProblem(response, 409);
    assertThat(read(response).get("items").toString())
        .isEqualTo("[{\"product_id\":1,\"requested\":6,\"available\":5}]");
    assertProblem(put("/api/carts/nothing", 1, "1"), 404);
    assertProblem(put(newCart(), 999, "1"), 404);
  }

  @Test
  void aCheckoutMakesAnOrderOnceForEachKey() {
    String cart = newCart();
    assertProblem(checkout(cart, "k1", BUYER), 409);
    put(cart, 1, "2");
    MvcTestResult response = checkout(cart, "k1", BUYER);
    assertThat(response).hasStatus(201);
    JsonNode order = read(response);
    assertThat(order.get("number").asString()).matches("[A-Z0-9-]{6,14}");
    assertThat(order.get("name").asString()).isEqualTo("Ada");
    assertThat(response).hasHeader("Location", "/api/orders/" + order.get("id").asString());
    assertThat(read(get(cart)).get("items").isEmpty()).isTrue();
    assertThat(read(get("/api/products/1")).get("stock").asInt()).isEqualTo(3);
    assertThat(read(checkout(cart, "k1", BUYER))).isEqualTo(order);
    assertProblem(checkout(cart, "k1", BUYER.replace("Ada", "Bob")), 422, "Idempotency-Key");
    db.sql("UPDATE products SET price_cents = 1, name = 'X' WHERE id = 1").update();
    assertThat(read(get("/api/orders/" + order.get("id").asString()))).isEqualTo(order);
  }

  @Test
  void aBuyerHasAnAddressAndAKey() {
    String cart = newCart();
    put(cart, 1, "1");
    String broken = "{\"email\": \"a@b\", \"name\": \" \", \"address\": 5}";
    assertProblem(checkout(cart, "k", broken), 422, "email", "name", "address");
    assertProblem(send("POST", cart + "/checkout", BUYER), 400);
    assertProblem(checkout(cart, "a b", BUYER), 400);
    assertProblem(checkout(cart, "k".repeat(201), BUYER), 400);
  }

  @Test
  void nothingIsSoldTwice() throws Exception {
    List<String> carts = IntStream.range(0, 20).mapToObj(number -> newCart()).toList();
    carts.forEach(cart -> put(cart, 1, "1"));
    ExecutorService buyers = Executors.newFixedThreadPool(20);
    try {
      List<Future<Integer>> responses =
          carts.stream()
              .map(
                  cart -> buyers.submit(() -> checkout(cart, "k", BUYER).getResponse().getStatus()))
              .toList();
      int sold = 0;
      for (Future<Integer> response : responses) {
        assertThat(response.get()).isIn(201, 409);
        sold += response.get() == 201 ? 1 : 0;
      }
      assertThat(sold).isEqualTo(5);
    } finally {
      buyers.shutdown();
    }
    assertThat(read(get("/api/products/1")).get("stock").asInt()).isZero();
  }

  private String newCart() {
    return "/api/carts/" + create("/api/carts", "").get("id").asString();
  }

  private MvcTestResult put(String cart, int product, String quantity) {
    return send("PUT", cart + "/items/" + product, "{\"quantity\": " + quantity + "}");
  }

  private MvcTestResult checkout(String cart, String key, String body) {
    return mvc.post()
        .uri(cart + "/checkout")
        .header("Idempotency-Key", key)
        .contentType(MediaType.APPLICATION_JSON)
        .content(body)
        .exchange();
  }
}
