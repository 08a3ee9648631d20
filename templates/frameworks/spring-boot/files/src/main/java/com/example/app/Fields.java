package com.example.app;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads the fields of a body over those of a record, and checks the result by its constraints. */
@Component
public class Fields {
  private final JsonMapper json;
  private final Validator validator;

  Fields(JsonMapper json, Validator validator) {
    this.json = json;
    this.validator = validator;
  }

  /** A record in which the fields that were sent replace those of `base`. Others are ignored. */
  public <T> T read(ObjectNode sent, T base) {
    @SuppressWarnings("unchecked")
    Class<T> type = (Class<T>) base.getClass();
    Map<String, List<String>> errors = new TreeMap<>();
    ObjectNode merged = json.valueToTree(base);
    T result = base;
    for (String name : List.copyOf(merged.propertyNames())) {
      if (sent.has(name)) {
        JsonNode before = merged.replace(name, sent.get(name));
        try {
          result = json.treeToValue(merged, type);
        } catch (JacksonException error) {
          errors.put(name, List.of("has the wrong type"));
          merged.set(name, before);
        }
      }
    }
    Map<String, List<String>> broken =
        validator.validate(result).stream()
            .collect(
                Collectors.groupingBy(
                    violation -> violation.getPropertyPath().iterator().next().getName(),
                    Collectors.mapping(ConstraintViolation::getMessage, Collectors.toList())));
    broken.forEach(errors::putIfAbsent);
    if (!errors.isEmpty()) {
      throw new InvalidException(errors);
    }
    return result;
  }
}
