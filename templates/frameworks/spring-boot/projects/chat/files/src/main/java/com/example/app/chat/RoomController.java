package com.example.app.chat;

import com.example.app.Fields;
import com.example.app.Page;
import com.example.app.Paging;
import jakarta.validation.Valid;
import java.net.URI;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

@RestController
@RequestMapping("/api/rooms")
class RoomController {
  private static final String ID = "/{id:[1-9][0-9]*}";

  private final RoomRepository rooms;
  private final MessageRepository messages;
  private final Fields fields;

  RoomController(RoomRepository rooms, MessageRepository messages, Fields fields) {
    this.rooms = rooms;
    this.messages = messages;
    this.fields = fields;
  }

  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<Room> create(@RequestBody ObjectNode body) {
    Room room = rooms.create(fields.read(body, RoomFields.DEFAULTS));
    return ResponseEntity.created(URI.create("/api/rooms/" + room.id())).body(room);
  }

  @GetMapping
  Page<Room> list(@Valid Paging paging) {
    return rooms.list(paging);
  }

  @GetMapping(ID)
  Room show(@PathVariable long id) {
    return rooms.find(id);
  }

  @GetMapping(ID + "/messages")
  History history(@PathVariable long id, @Valid HistoryFilter filter) {
    return messages.list(rooms.find(id).id(), filter);
  }
}
