package dev.zhixing.samples.remote;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An error that a server tells as JSON: {@code {"error": {"message", "type", "code"}}}, or {@code
 * {"error": "message"}}.
 *
 * @param message what it says; may be empty
 * @param kind its type and code, in lower case
 * @param status its code where that is a number, else 0
 */
record ToldError(String message, String kind, int status) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Words in the kinds of errors that are the same however often one asks. */
  private static final String[] FINAL = {
    "invalid",
    "badrequest",
    "bad_request",
    "auth",
    "permission",
    "forbidden",
    "notfound",
    "not_found",
    "content_filter",
    "context_length"
  };

  /** Words in the kinds of errors that last until somebody pays or raises a limit. */
  private static final String[] MONEY = {"quota", "billing"};

  /** The error in {@code text}, if that is one. */
  static Optional<ToldError> in(@Nullable String text) {
    try {
      return Optional.ofNullable(text == null ? null : JSON.readTree(text))
          .map(node -> node.get("error"))
          .filter(error -> !error.isNull())
          .map(ToldError::of);
    } catch (JsonProcessingException e) {
      return Optional.empty(); // some servers and most proxies answer in text
    }
  }

  private static ToldError of(JsonNode error) {
    String message = error.isTextual() ? error.textValue() : error.path("message").asText("");
    String code = error.path("code").asText("");
    int status = code.matches("[1-9]\\d\\d") ? Integer.parseInt(code) : 0;
    String kind = (error.path("type").asText("") + " " + code).toLowerCase(Locale.ROOT);
    return new ToldError(message, kind, status);
  }

  /**
   * Whether the same request may succeed later. An error of a kind that is not known may: the
   * server had taken the request.
   */
  boolean mayPass() {
    boolean refused = status >= 400 && status < 500 && status != 408 && status != 429;
    return !refused && !isAboutMoney() && Stream.of(FINAL).noneMatch(kind::contains);
  }

  /** Whether a quota is used up, which waiting does not change. */
  boolean isAboutMoney() {
    return Stream.of(MONEY).anyMatch(kind::contains);
  }
}
