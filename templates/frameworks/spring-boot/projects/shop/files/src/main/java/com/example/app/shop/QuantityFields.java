package com.example.app.shop;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;

/** How many of a product somebody wants. */
public record QuantityFields(
    @NotNull @Min(value = 0, message = RANGE) @Max(value = 99, message = RANGE) Integer quantity) {

  static final String RANGE = "must be a whole number from 0 to 99";

  static final QuantityFields EMPTY = new QuantityFields(null);
}
