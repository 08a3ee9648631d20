package com.example.app.shop;

import com.example.app.NotFoundException;
import com.example.app.Times;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The carts in the database. Each method is a transaction. */
@Repository
@Transactional
public class CartRepository {
  private final JdbcClient db;
  private final ProductRepository products;

  CartRepository(JdbcClient db, ProductRepository products) {
    this.db = db;
    this.products = products;
  }

  public Cart create() {
    String id = RandomId.next();
    db.sql("INSERT INTO carts (id, created_at) VALUES (?, ?)").params(id, Times.now()).update();
    return select(id);
  }

  @Transactional(readOnly = true)
  public Cart find(String id) {
    return select(id);
  }

  /** Puts a product into the cart; a quantity of 0 takes it out. */
  public Cart setQuantity(String id, long productId, int quantity) {
    select(id);
    int stock = products.find(productId).stock();
    if (quantity > stock) {
      throw new ShortageException(List.of(new Shortage(productId, quantity, stock)));
    }
    if (quantity == 0) {
      delete(id, productId);
    } else {
      // A new quantity leaves the product at its place.
      String sql =
          """
          INSERT INTO cart_items (cart_id, product_id, quantity) VALUES (?, ?, ?)
          ON CONFLICT (cart_id, product_id) DO UPDATE SET quantity = excluded.quantity""";
      db.sql(sql).params(id, productId, quantity).update();
    }
    return select(id);
  }

  public Cart remove(String id, long productId) {
    select(id);
    if (delete(id, productId) == 0) {
      throw new NotFoundException();
    }
    return select(id);
  }

  private int delete(String id, long productId) {
    String sql = "DELETE FROM cart_items WHERE cart_id = ? AND product_id = ?";
    return db.sql(sql).params(id, productId).update();
  }

  private Cart select(String id) {
    String currency =
        db.sql("SELECT currency FROM carts, shop WHERE carts.id = ?")
            .param(id)
            .query(String.class)
            .optional()
            .orElseThrow(NotFoundException::new);
    String sql =
        """
        SELECT product_id, name, quantity, price_cents AS unit_price_cents,
        quantity * price_cents AS line_total_cents
        FROM cart_items JOIN products ON products.id = product_id
        WHERE cart_id = ? ORDER BY position""";
    List<Line> items = db.sql(sql).param(id).query(Line.class).list();
    return new Cart(id, currency, items, Line.total(items));
  }
}
