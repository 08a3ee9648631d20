// The headers of every answer.

// Scripts, styles and images from this server only, and none inside the page's text.
const POLICY = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

export function headers(request, response, next) {
  response.set("X-Content-Type-Options", "nosniff");
  response.set("Content-Security-Policy", POLICY);
  next();
}
