package com.example.app;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A text whose length is counted in code points, as people count; `@Size` counts UTF-16 units. */
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = Text.Check.class)
public @interface Text {
  int min() default 0;

  int max() default Integer.MAX_VALUE;

  /** Whether line breaks may be in it. */
  boolean lines() default false;

  String message() default "must be {min} to {max} characters long";

  Class<?>[] groups() default {};

  Class<? extends Payload>[] payload() default {};

  /** The check behind the annotation. */
  class Check implements ConstraintValidator<Text, String> {
    private Text rule;

    @Override
    public void initialize(Text rule) {
      this.rule = rule;
    }

    @Override
    public boolean isValid(String text, ConstraintValidatorContext context) {
      if (text == null) {
        return true;
      }
      if (text.codePoints().anyMatch(this::isRefused)) {
        context.disableDefaultConstraintViolation();
        String message = "must not contain " + (rule.lines() ? "NUL" : "control characters");
        context.buildConstraintViolationWithTemplate(message).addConstraintViolation();
        return false;
      }
      int length = text.codePointCount(0, text.length());
      return length >= rule.min() && length <= rule.max() && (rule.min() == 0 || !text.isBlank());
    }

    private boolean isRefused(int codePoint) {
      boolean loneSurrogate = codePoint >= 0xD800 && codePoint <= 0xDFFF;
      boolean control =
          Character.isISOControl(codePoint) || codePoint == 0x2028 || codePoint == 0x2029;
      return codePoint == 0 || loneSurrogate || (control && !rule.lines());
    }
  }
}
