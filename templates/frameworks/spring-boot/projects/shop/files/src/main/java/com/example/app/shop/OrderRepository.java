package com.example.app.shop;

import com.example.app.InvalidException;
import com.example.app.NotFoundException;
import com.example.app.Times;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.server.ResponseStatusException;

/** The orders in the database. Each method is a transaction. */
@Repository
@Transactional
public class OrderRepository {
  private final JdbcClient db;
  private final CartRepository carts;

  OrderRepository(JdbcClient db, CartRepository carts) {
    this.db = db;
    this.carts = carts;
  }

  @Transactional(readOnly = true)
  public Order find(String id) {
    return select("id = ?", id).orElseThrow(NotFoundException::new);
  }

  /**
   * Buys what is in the cart: all of it or nothing, and once for each key.
   *
   * <p>There is one writer at a time. Nobody else buys between the look at the stock and the
   * commit, so nothing is sold twice, and a second request with the same key finds the order of the
   * first.
   */
  public Order place(String cartId, String key, BuyerFields buyer) {
    Cart cart = carts.find(cartId);
    Optional<Order> before = select("cart_id = ? AND idempotency_key = ?", cartId, key);
    if (before.isPresent()) {
      if (!before.get().buyer().equals(buyer)) {
        String message = "was used on this cart with another body";
        throw new InvalidException(Map.of("Idempotency-Key", List.of(message)));
      }
      return before.get();
    }
    if (cart.items().isEmpty()) {
      throw new ResponseStatusException(HttpStatus.CONFLICT, "the cart is empty");
    }
    checkStock(cartId);
    String id = RandomId.next();
    insert(id, cart, key, buyer);
    moveItems(id, cartId);
    return find(id);
  }

  private void checkStock(String cartId) {
    String sql =
        """
        SELECT product_id, quantity AS requested, stock AS available
        FROM cart_items JOIN products ON products.id = product_id
        WHERE cart_id = ? AND quantity > stock ORDER BY position""";
    List<Shortage> shortages = db.sql(sql).param(cartId).query(Shortage.class).list();
    if (!shortages.isEmpty()) {
      throw new ShortageException(shortages);
    }
  }

  private void insert(String id, Cart cart, String key, BuyerFields buyer) {
    String sql =
        """
        INSERT INTO orders (id, cart_id, idempotency_key, status, currency, email, name, address,
        created_at) VALUES (?, ?, ?, 'placed', ?, ?, ?, ?, ?)""";
    db.sql(sql)
        .params(id, cart.id(), key, cart.currency())
        .params(buyer.email(), buyer.name(), buyer.address(), Times.now())
        .update();
  }

  /** Out of the stock into the order, and out of the cart. */
  private void moveItems(String id, String cartId) {
    String copy =
        """
        INSERT INTO order_items (order_id, position, product_id, name, quantity, unit_price_cents)
        SELECT ?, position, product_id, name, quantity, price_cents
        FROM cart_items JOIN products ON products.id = product_id WHERE cart_id = ?""";
    db.sql(copy).params(id, cartId).update();
    String reduce =
        """
        UPDATE products SET stock = stock - item.quantity FROM cart_items AS item
        WHERE item.cart_id = ? AND item.product_id = products.id""";
    db.sql(reduce).param(cartId).update();
    db.sql("DELETE FROM cart_items WHERE cart_id = ?").param(cartId).update();
  }

  private Optional<Order> select(String condition, Object... parameters) {
    String sql = "SELECT *, printf('S-%06d', sequence) AS number FROM orders WHERE " + condition;
    return db.sql(sql).params(parameters).query((row, number) -> order(row)).optional();
  }

  private Order order(ResultSet row) throws SQLException {
    String sql =
        """
        SELECT product_id, name, quantity, unit_price_cents,
        quantity * unit_price_cents AS line_total_cents
        FROM order_items WHERE order_id = ? ORDER BY position""";
    List<Line> items = db.sql(sql).param(row.getString("id")).query(Line.class).list();
    return new Order(
        row.getString("id"),
        row.getString("number"),
        row.getString("status"),
        row.getString("currency"),
        items,
        Line.total(items),
        row.getString("email"),
        row.getString("name"),
        row.getString("address"),
        row.getString("created_at"));
  }
}
