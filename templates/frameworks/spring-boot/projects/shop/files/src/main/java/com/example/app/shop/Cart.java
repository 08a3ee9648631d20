package com.example.app.shop;

import java.util.List;

/** What somebody is about to buy, with the prices of today. */
public record Cart(String id, String currency, List<Line> items, int totalCents) {}
