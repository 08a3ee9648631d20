package com.example.app.tasks;

import com.example.app.Fields;
import com.example.app.Page;
import com.example.app.Paging;
import jakarta.validation.Valid;
import java.net.URI;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

@RestController
@RequestMapping("/api/tasks")
class TaskController {
  private static final String ID = "/{id:[1-9][0-9]*}";
  private static final String JSON = MediaType.APPLICATION_JSON_VALUE;

  private final TaskRepository tasks;
  private final Fields fields;

  TaskController(TaskRepository tasks, Fields fields) {
    this.tasks = tasks;
    this.fields = fields;
  }

  @PostMapping(consumes = JSON)
  ResponseEntity<Task> create(@RequestBody ObjectNode body) {
    Task task = tasks.create(fields.read(body, TaskFields.DEFAULTS));
    return ResponseEntity.created(URI.create("/api/tasks/" + task.id())).body(task);
  }

  @GetMapping
  Page<Task> list(@Valid TaskFilter filter, @Valid Paging paging) {
    return tasks.list(filter, paging);
  }

  @GetMapping(ID)
  Task show(@PathVariable long id) {
    return tasks.find(id);
  }

  @PatchMapping(path = ID, consumes = JSON)
  Task change(@PathVariable long id, @RequestBody ObjectNode body) {
    return tasks.update(id, before -> fields.read(body, before));
  }

  @PutMapping(path = ID, consumes = JSON)
  Task replace(@PathVariable long id, @RequestBody ObjectNode body) {
    TaskFields replacement = fields.read(body, TaskFields.DEFAULTS);
    return tasks.update(id, before -> replacement);
  }

  @DeleteMapping(ID)
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(@PathVariable long id) {
    tasks.delete(id);
  }
}
