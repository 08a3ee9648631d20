package com.example.app;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpStatus;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.method.annotation.RequestBodyAdviceAdapter;

/** Limits the size of each `@RequestBody`, and refuses what Jackson would take for UTF-8. */
@RestControllerAdvice
class BodyAdvice extends RequestBodyAdviceAdapter {
  private static final int MAX_BODY = 1024 * 1024;

  @Override
  public boolean supports(
      MethodParameter parameter, Type type, Class<? extends HttpMessageConverter<?>> converter) {
    return true;
  }

  @Override
  public HttpInputMessage beforeBodyRead(
      HttpInputMessage message,
      MethodParameter parameter,
      Type type,
      Class<? extends HttpMessageConverter<?>> converter)
      throws IOException {
    byte[] body = message.getBody().readNBytes(MAX_BODY + 1);
    if (body.length > MAX_BODY) {
      throw new ResponseStatusException(HttpStatus.CONTENT_TOO_LARGE, "a body has at most 1 MiB");
    }
    if (!isUtf8WithoutMark(body)) {
      throw new HttpMessageNotReadableException("not UTF-8, or with a byte order mark", message);
    }
    return new ReadMessage(message.getHeaders(), new ByteArrayInputStream(body));
  }

  /** Jackson skips the mark, and takes some bytes that are not UTF-8. */
  private static boolean isUtf8WithoutMark(byte[] body) {
    try {
      // Unlike `new String`, a new decoder refuses what is malformed.
      CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
      return text.isEmpty() || text.get(0) != '\uFEFF';
    } catch (CharacterCodingException error) {
      return false;
    }
  }

  /** A request whose body has been read already. */
  private record ReadMessage(HttpHeaders headers, InputStream body) implements HttpInputMessage {
    @Override
    public HttpHeaders getHeaders() {
      return headers;
    }

    @Override
    public InputStream getBody() {
      return body;
    }
  }
}
