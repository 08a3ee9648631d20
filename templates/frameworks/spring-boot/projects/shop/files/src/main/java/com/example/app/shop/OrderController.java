package com.example.app.shop;

import com.example.app.Fields;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

@RestController
@RequestMapping("/api")
class OrderController {
  private final OrderRepository orders;
  private final Fields fields;

  OrderController(OrderRepository orders, Fields fields) {
    this.orders = orders;
    this.fields = fields;
  }

  @PostMapping(path = "/carts/{id}/checkout", consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<Order> checkout(
      @PathVariable String id,
      @RequestHeader("Idempotency-Key") @Pattern(regexp = "[!-~]{1,200}") String key,
      @RequestBody ObjectNode body) {
    Order order = orders.place(id, key, fields.read(body, BuyerFields.EMPTY));
    return ResponseEntity.created(URI.create("/api/orders/" + order.id())).body(order);
  }

  @GetMapping("/orders/{id}")
  Order show(@PathVariable String id) {
    return orders.find(id);
  }
}
