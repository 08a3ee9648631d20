package com.example.app.chat;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.socket.server.support.DefaultHandshakeHandler;

/**
 * Makes a WebSocket of a request. What stands in the way is a problem, as for any other request: a
 * socket that does not open gives its page no reason, so the page asks again without an upgrade.
 */
@RestController
class LiveController {
  private final RoomRepository rooms;
  private final Hub hub;
  private final LiveHandler handler;
  private final DefaultHandshakeHandler handshake = new DefaultHandshakeHandler();

  LiveController(RoomRepository rooms, Hub hub, LiveHandler handler) {
    this.rooms = rooms;
    this.hub = hub;
    this.handler = handler;
  }

  @GetMapping("/api/rooms/{id:[1-9][0-9]*}/live")
  void join(
      @PathVariable long id,
      @Valid JoinFields fields,
      HttpServletRequest request,
      HttpServletResponse response) {
    checkOrigin(request);
    Member member = hub.reserve(rooms.find(id).id(), fields.name());
    try {
      checkUpgrade(request, response);
      // From here on LiveHandler has the connection.
      handshake.doHandshake(
          new ServletServerHttpRequest(request),
          new ServletServerHttpResponse(response),
          handler,
          Map.of(LiveHandler.MEMBER, member));
    } catch (IllegalArgumentException | IndexOutOfBoundsException error) {
      // Spring trusts the headers of a handshake.
      throw new ResponseStatusException(
          HttpStatus.BAD_REQUEST, "the handshake cannot be read", error);
    } finally {
      // What `doHandshake` returns does not tell that Tomcat has refused a header.
      if (response.getStatus() != HttpServletResponse.SC_SWITCHING_PROTOCOLS) {
        hub.leave(member);
      }
    }
  }

  /** A browser lets a page of any site open a socket here. `Origin` has that site's host. */
  private static void checkOrigin(HttpServletRequest request) {
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    String host = request.getHeader(HttpHeaders.HOST);
    if (origin != null && !origin.replaceFirst("^https?://", "").equalsIgnoreCase(host)) {
      throw new ResponseStatusException(
          HttpStatus.FORBIDDEN, "a page of another site may not join");
    }
  }

  private static void checkUpgrade(HttpServletRequest request, HttpServletResponse response) {
    if ("websocket".equalsIgnoreCase(request.getHeader(HttpHeaders.UPGRADE))) {
      return;
    }
    response.setHeader(HttpHeaders.UPGRADE, "websocket");
    response.setHeader(HttpHeaders.CONNECTION, "Upgrade");
    throw new ResponseStatusException(
        HttpStatus.UPGRADE_REQUIRED, "this address needs a WebSocket");
  }
}
