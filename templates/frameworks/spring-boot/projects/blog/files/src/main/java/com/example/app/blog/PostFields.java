package com.example.app.blog;

import com.example.app.Text;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** The part of a post that its author writes, with its rules. */
public record PostFields(
    @NotNull @Text(min = 1, max = 200) String title,
    @NotNull @Text(min = 1, max = 100_000, lines = true) String body,
    @NotNull @Size(max = 10, message = "must be at most 10")
        List<
                @NotNull
                @Pattern(
                    regexp = "[a-z0-9-]{1,30}",
                    message = "must each be 1 to 30 of the characters a-z, 0-9 and -")
                String>
            tags,
    @NotNull Boolean published) {

  /** What a new post has where its author says nothing. Title and body must be sent. */
  static final PostFields DEFAULTS = new PostFields(null, null, List.of(), false);

  public PostFields {
    title = title == null ? null : title.strip();
    // A tag that is named twice counts once.
    tags = tags == null ? null : new ArrayList<>(new LinkedHashSet<>(tags));
  }
}
