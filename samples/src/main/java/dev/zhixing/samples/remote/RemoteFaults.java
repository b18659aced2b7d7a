package dev.zhixing.samples.remote;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.NonRetriableException;
import dev.langchain4j.exception.RetriableException;
import dev.langchain4j.exception.TimeoutException;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says what is wrong with a server in words that help, and by the cause of the exception whether to
 * ask again may help, as {@link dev.zhixing.agent.Retry} understands it.
 */
final class RemoteFaults {

  private static final int MOST_CHARACTERS = 300;

  private final RemoteAddress address;
  private final RemoteLimits limits;
  private final boolean keyWithheld;

  /**
   * @param keyWithheld whether there is a key that is not sent, because others could read it
   */
  RemoteFaults(RemoteAddress address, RemoteLimits limits, boolean keyWithheld) {
    this.address = address;
    this.limits = limits;
    this.keyWithheld = keyWithheld;
  }

  /** What {@code error} means. */
  RemoteModelException of(Throwable error) {
    if (cause(error, JsonEOFException.class).isPresent()) {
      return brokenOff();
    }
    if (cause(error, JsonProcessingException.class).isPresent()) {
      return new RemoteModelException(
          address + ": " + withoutStatus(error), new NonRetriableException(error));
    }
    return cause(error, HttpException.class)
        .map(http -> refused(http, error))
        .orElseGet(() -> new RemoteModelException(address + ": " + withoutStatus(error), error));
  }

  /** What the body says goes before the status, as in a stream: an empty account stays empty. */
  private RemoteModelException refused(HttpException http, Throwable error) {
    boolean isFinal = ToldError.in(http.getMessage()).filter(told -> !told.mayPass()).isPresent();
    return new RemoteModelException(
        address + ": " + status(http), isFinal ? new NonRetriableException(error) : error);
  }

  /** The stream ended, but the answer had not. */
  RemoteModelException brokenOff() {
    return new RemoteModelException(
        address + ": the answer broke off: its stream ended without a finish_reason; try again",
        new EOFException("a stream without its end"));
  }

  /** Nothing came for too long. */
  RemoteModelException silent(boolean hasBegun) {
    return new RemoteModelException(
        address
            + (hasBegun
                ? ": the answer stopped: nothing came for " + inSeconds(limits.silence())
                : ": no answer within " + inSeconds(limits.response()) + "; is the server busy?"),
        new TimeoutException("a silent server"));
  }

  /** The server told of {@code error} in the middle of its answer, in these words. */
  RemoteModelException told(ToldError error, String event) {
    String what = "the server failed while it answered" + said(event);
    return new RemoteModelException(
        address + ": " + what,
        error.mayPass() ? new RetriableException(what) : new NonRetriableException(what));
  }

  private String status(HttpException http) {
    String said = said(http.getMessage());
    return switch (http.statusCode()) {
      case 401, 403 ->
          "HTTP %d, access denied%s; %s".formatted(http.statusCode(), said, aboutTheKey());
      case 404 ->
          "HTTP 404, not found%s; is the URL the API's base, and the model there?".formatted(said);
      case 429 ->
          ToldError.in(http.getMessage()).filter(ToldError::isAboutMoney).isPresent()
              ? "HTTP 429, the quota is used up%s; look at the account's limits".formatted(said)
              : "HTTP 429, too many requests%s; try again later".formatted(said);
      default ->
          http.statusCode() >= 500
              ? "HTTP %d, the server failed%s; try again, or look into its log"
                  .formatted(http.statusCode(), said)
              : "HTTP %d%s".formatted(http.statusCode(), said);
    };
  }

  private String aboutTheKey() {
    return keyWithheld
        ? "the key was not sent, because the URL is not https: others could read it on the way"
        : "is the right key in OPENAI_API_KEY?";
  }

  /** The message in an error's body, at most a few lines of it. */
  private static String said(@Nullable String body) {
    if (body == null || body.isBlank()) {
      return "";
    }
    String message = ToldError.in(body).map(ToldError::message).orElse("");
    return ": " + shortened(message.isBlank() ? body : message);
  }

  private static String shortened(String text) {
    String line = text.replaceAll("\\s+", " ").strip();
    return line.length() <= MOST_CHARACTERS ? line : line.substring(0, MOST_CHARACTERS) + "…";
  }

  private String withoutStatus(Throwable error) {
    if (cause(error, UnknownHostException.class).isPresent()
        || cause(error, UnresolvedAddressException.class).isPresent()) {
      return "no such host; is the name right?";
    }
    if (cause(error, ConnectException.class).isPresent()) {
      return "nothing answers there; is the server running, and the port right?";
    }
    if (cause(error, HttpTimeoutException.class).isPresent()
        || cause(error, TimeoutException.class).isPresent()) {
      return "no answer within " + inSeconds(limits.response()) + "; is the server busy?";
    }
    Optional<JsonProcessingException> json = cause(error, JsonProcessingException.class);
    if (json.isPresent()) {
      return "expected OpenAI's protocol, found something else: "
          + shortened(json.get().getOriginalMessage());
    }
    if (cause(error, EOFException.class).isPresent()
        || cause(error, IOException.class).isPresent()) {
      return "the connection broke: " + shortened(deepest(error)) + "; try again";
    }
    return shortened(deepest(error));
  }

  private static String inSeconds(Duration time) {
    return time.toMillis() / 1000.0 + " s";
  }

  private static String deepest(Throwable error) {
    String words = error.getClass().getSimpleName();
    for (Throwable e = error; e != null; e = e.getCause()) {
      if (e.getMessage() != null && !e.getMessage().isBlank()) {
        words = e.getMessage();
      }
    }
    return words;
  }

  private static <T extends Throwable> Optional<T> cause(Throwable error, Class<T> type) {
    for (Throwable e = error; e != null; e = e.getCause()) {
      if (type.isInstance(e)) {
        return Optional.of(type.cast(e));
      }
    }
    return Optional.empty();
  }
}
