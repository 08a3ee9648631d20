package com.example.app.shop;

import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** There are fewer in stock than are asked for: 409, with the products. */
class ShortageException extends ErrorResponseException {
  ShortageException(List<Shortage> shortages) {
    super(HttpStatus.CONFLICT, problem(shortages), null);
  }

  private static ProblemDetail problem(List<Shortage> shortages) {
    ProblemDetail problem =
        ProblemDetail.forStatusAndDetail(
            HttpStatus.CONFLICT, "there are fewer in stock than are asked for");
    problem.setProperty("items", shortages);
    return problem;
  }
}
