package com.example.app.shop;

import com.example.app.Page;
import com.example.app.Paging;
import jakarta.validation.Valid;
import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api")
class ProductController {
  private final ProductRepository products;

  ProductController(ProductRepository products) {
    this.products = products;
  }

  @GetMapping("/products")
  Page<Product> list(@Valid ProductFilter filter, @Valid Paging paging) {
    return products.list(filter, paging);
  }

  @GetMapping("/products/{id:[1-9][0-9]*}")
  Product show(@PathVariable long id) {
    return products.find(id);
  }

  @GetMapping("/categories")
  Map<String, List<String>> categories() {
    return Map.of("items", products.categories());
  }
}
