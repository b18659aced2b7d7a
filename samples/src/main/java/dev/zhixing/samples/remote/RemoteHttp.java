package dev.zhixing.samples.remote;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The JDK's HTTP client for LangChain4j, for streamed answers only. LangChain4j's own one forgets a
 * refusal's headers; here a {@code Retry-After} becomes a {@link RetryAfterException}. It never
 * asks twice by itself.
 */
final class RemoteHttp implements HttpClient {

  private static final int MOST_BYTES_OF_A_REFUSAL = 1 << 16;

  private final java.net.http.HttpClient network;
  private final Duration response;

  private RemoteHttp(Duration connecting, Duration response) {
    // Some servers do not answer a request that offers to go on in HTTP/2.
    network =
        java.net.http.HttpClient.newBuilder()
            .version(java.net.http.HttpClient.Version.HTTP_1_1)
            .connectTimeout(connecting)
            .build();
    this.response = response;
  }

  /** Makes clients with these limits, whatever LangChain4j would set. */
  record Limits(Duration connectTimeout, Duration readTimeout) implements HttpClientBuilder {
    @Override
    public HttpClientBuilder connectTimeout(Duration ignored) {
      return this;
    }

    @Override
    public HttpClientBuilder readTimeout(Duration ignored) {
      return this;
    }

    @Override
    public HttpClient build() {
      return new RemoteHttp(connectTimeout, readTimeout);
    }
  }

  @Override
  public SuccessfulHttpResponse execute(HttpRequest request) {
    throw new UnsupportedOperationException(
        "expected a request for a streamed answer, found " + request.method());
  }

  @Override
  public void execute(
      HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
    var _ =
        network
            .sendAsync(jdk(request), BodyHandlers.ofInputStream())
            .thenAccept(answer -> hear(answer, parser, listener))
            .exceptionally(
                error -> {
                  listener.onError(error);
                  return null;
                });
  }

  private java.net.http.HttpRequest jdk(HttpRequest request) {
    BodyPublisher body =
        request.body() == null
            ? BodyPublishers.noBody()
            : BodyPublishers.ofString(request.body(), UTF_8);
    java.net.http.HttpRequest.Builder jdk =
        java.net.http.HttpRequest.newBuilder(URI.create(request.url()))
            .method(request.method().name(), body)
            .timeout(response);
    request.headers().forEach((name, values) -> values.forEach(value -> jdk.header(name, value)));
    return jdk.build();
  }

  private static void hear(
      HttpResponse<InputStream> answer,
      ServerSentEventParser parser,
      ServerSentEventListener listener) {
    try (InputStream body = answer.body()) {
      if (answer.statusCode() / 100 != 2) {
        listener.onError(refusal(answer, body));
        return;
      }
      listener.onOpen(
          SuccessfulHttpResponse.builder()
              .statusCode(answer.statusCode())
              .headers(answer.headers().map())
              .build());
      parser.parse(body, listener);
      listener.onClose();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static HttpException refusal(HttpResponse<InputStream> answer, InputStream body)
      throws IOException {
    String said = new String(body.readNBytes(MOST_BYTES_OF_A_REFUSAL), UTF_8);
    Optional<Duration> later = RetryAfterException.told(answer.headers(), Instant.now());
    return later.isPresent()
        ? new RetryAfterException(answer.statusCode(), said, later.get())
        : new HttpException(answer.statusCode(), said);
  }
}
