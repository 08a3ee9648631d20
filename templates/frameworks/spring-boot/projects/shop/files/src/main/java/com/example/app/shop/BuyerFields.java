package com.example.app.shop;

import com.example.app.Text;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/** Who buys, and where to send it. */
public record BuyerFields(
    @NotNull
        @Text(min = 1, max = 254)
        // It finds slips; whether the address is somebody's, only a letter to it can tell.
        @Pattern(
            regexp = "[^@\\s]+@[^@.\\s]+(\\.[^@.\\s]+)+",
            message = "must be an address such as ada@example.com")
        String email,
    @NotNull @Text(min = 1, max = 120) String name,
    @NotNull @Text(min = 1, max = 500, lines = true) String address) {

  static final BuyerFields EMPTY = new BuyerFields(null, null, null);

  public BuyerFields {
    email = email == null ? null : email.strip();
    name = name == null ? null : name.strip();
  }
}
