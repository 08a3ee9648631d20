package com.example.app.shop;

import java.util.List;

/** A quantity of one product, in a cart or in an order. */
public record Line(
    long productId, String name, int quantity, int unitPriceCents, int lineTotalCents) {

  static int total(List<Line> lines) {
    return lines.stream().mapToInt(Line::lineTotalCents).sum();
  }
}
