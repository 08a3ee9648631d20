package com.example.app;

import java.util.Locale;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.context.Context;

/** Shows an error as a page, where people see it. */
@Component
class ErrorPages {
  private final ITemplateEngine templates;

  ErrorPages(ITemplateEngine templates) {
    this.templates = templates;
  }

  /** Programs call the API. */
  boolean isForPeople(WebRequest request) {
    String path = ((ServletWebRequest) request).getRequest().getRequestURI();
    return !path.equals("/healthz") && !path.equals("/api") && !path.startsWith("/api/");
  }

  ResponseEntity<Object> render(ProblemDetail problem, HttpHeaders headers) {
    Context values = new Context(Locale.ENGLISH);
    values.setVariable("problem", problem);
    return ResponseEntity.status(problem.getStatus())
        .headers(headers)
        .contentType(MediaType.TEXT_HTML)
        .body(templates.process("error", values));
  }
}
