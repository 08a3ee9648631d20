package com.example.app.shop;

/** A product as clients see it. */
public record Product(
    long id,
    String sku,
    String name,
    String description,
    String category,
    int priceCents,
    String currency,
    int stock,
    String createdAt) {}
