package com.example.app;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** The page, which works on the API. */
@Controller
class HomeController {
  @GetMapping("/")
  String home() {
    return "forward:/static/index.html";
  }
}
