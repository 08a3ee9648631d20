package com.example.app.shop;

/** A product of which there are fewer than are asked for. */
record Shortage(long productId, int requested, int available) {}
