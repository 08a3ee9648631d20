package com.example.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;

/** Answers with a problem where Tomcat would send a page of its own. */
public class ProblemValve extends ErrorReportValve {
  @Override
  protected void report(Request request, Response response, Throwable error) {
    int status = response.getStatus();
    if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
      return;
    }
    WebFilter.setHeaders(response);
    response.setContentType("application/problem+json");
    response.setCharacterEncoding("utf-8");
    try {
      // Not %d, which writes the digits of the machine's locale.
      response
          .getReporter()
          .write(
              "{\"type\":\"about:blank\",\"title\":\"The request failed\",\"status\":%s,\"detail\":\"the server could not read the request\"}"
                  .formatted(status));
      response.finishResponse();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
