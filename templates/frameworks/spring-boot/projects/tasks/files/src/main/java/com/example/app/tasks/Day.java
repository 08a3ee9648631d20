package com.example.app.tasks;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;

/** A day that exists, as YYYY-MM-DD, or null. Jackson's own reading takes more than that. */
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = Day.Check.class)
@interface Day {
  String message() default "must be a day of the calendar, as 2030-05-01, or null";

  Class<?>[] groups() default {};

  Class<? extends Payload>[] payload() default {};

  /** The check behind the annotation. */
  class Check implements ConstraintValidator<Day, String> {
    @Override
    public boolean isValid(String day, ConstraintValidatorContext context) {
      if (day == null) {
        return true;
      }
      try {
        // A year beyond 9999 is written with a sign.
        return LocalDate.parse(day) != null && day.length() == 10;
      } catch (DateTimeParseException error) {
        return false;
      }
    }
  }
}
