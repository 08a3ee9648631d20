package com.example.app.shop;

import java.util.List;

/**
 * A purchase, with the prices of that time. The number is for people: short, and it opens nothing.
 */
public record Order(
    String id,
    String number,
    String status,
    String currency,
    List<Line> items,
    int totalCents,
    String email,
    String name,
    String address,
    String createdAt) {

  BuyerFields buyer() {
    return new BuyerFields(email, name, address);
  }
}
