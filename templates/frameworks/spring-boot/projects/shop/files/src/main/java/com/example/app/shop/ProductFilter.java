package com.example.app.shop;

import com.example.app.Text;
import jakarta.validation.constraints.Pattern;
import org.springframework.web.bind.annotation.BindParam;

/** Which products a list shows, and in which order. Null stands for all products. */
public record ProductFilter(
    @Text String q,
    @Text String category,
    @BindParam("min_price") @Pattern(regexp = CENTS, message = IN_CENTS) String minPrice,
    @BindParam("max_price") @Pattern(regexp = CENTS, message = IN_CENTS) String maxPrice,
    @BindParam("in_stock") @Pattern(regexp = "true", message = "must be true") String inStock,
    @Pattern(regexp = "price|name|newest") String sort,
    @Pattern(regexp = "asc|desc") String order) {

  // A text: Spring would read 0x10 as a number.
  static final String CENTS = "[0-9]{1,15}";
  static final String IN_CENTS = "must be a whole number of cents from 0";

  public ProductFilter {
    // The newest come first; by price and by name the least do.
    boolean rising = sort != null && !sort.equals("newest");
    order = order != null ? order : rising ? "asc" : "desc";
    sort = sort == null ? "newest" : sort;
  }
}
