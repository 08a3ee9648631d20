package com.example.app.shop;

import com.example.app.Fields;
import java.net.URI;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

@RestController
@RequestMapping("/api/carts")
class CartController {
  private static final String ITEM = "/{id}/items/{product:[1-9][0-9]*}";

  private final CartRepository carts;
  private final Fields fields;

  CartController(CartRepository carts, Fields fields) {
    this.carts = carts;
    this.fields = fields;
  }

  @PostMapping
  ResponseEntity<Cart> create() {
    Cart cart = carts.create();
    return ResponseEntity.created(URI.create("/api/carts/" + cart.id())).body(cart);
  }

  @GetMapping("/{id}")
  Cart show(@PathVariable String id) {
    return carts.find(id);
  }

  @PutMapping(path = ITEM, consumes = MediaType.APPLICATION_JSON_VALUE)
  Cart put(@PathVariable String id, @PathVariable long product, @RequestBody ObjectNode body) {
    int quantity = fields.read(body, QuantityFields.EMPTY).quantity();
    return carts.setQuantity(id, product, quantity);
  }

  @DeleteMapping(ITEM)
  Cart remove(@PathVariable String id, @PathVariable long product) {
    return carts.remove(id, product);
  }
}
