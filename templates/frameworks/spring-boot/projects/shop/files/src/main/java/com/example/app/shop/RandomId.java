package com.example.app.shop;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Ids of carts and orders: who knows one may see it, so nobody guesses one. */
class RandomId {
  private static final SecureRandom RANDOM = new SecureRandom();

  private RandomId() {}

  /** 128 random bits. */
  static String next() {
    byte[] bytes = new byte[16];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
