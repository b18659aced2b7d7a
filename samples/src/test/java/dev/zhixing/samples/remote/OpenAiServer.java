package dev.zhixing.samples.remote;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import mockwebserver3.MockResponse;
import mockwebserver3.MockResponseBody;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okio.BufferedSink;

/** A real HTTP server that speaks OpenAI's streaming protocol, with the lines it is given. */
final class OpenAiServer implements AutoCloseable {

  static final String END =
      """
      {"id":"x","choices":[],"usage":{"prompt_tokens":120,"completion_tokens":9,\
      "total_tokens":129,"prompt_tokens_details":{"cached_tokens":100}}}\
      """;

  private final MockWebServer server = new MockWebServer();

  OpenAiServer() {
    try {
      server.start();
    } catch (IOException e) {
      throw new UncheckedIOException("the test's server cannot be started", e);
    }
  }

  RemoteAddress address() {
    return new RemoteAddress(URI.create("http://localhost:" + server.getPort() + "/v1"), "tester");
  }

  /** Next, streams these chunks and ends well. */
  OpenAiServer streams(String... chunks) {
    return answers(stream(chunks));
  }

  /** Next, streams {@code first}, and {@code rest} only when {@code gate} is open. */
  OpenAiServer streamsAfter(CountDownLatch gate, List<String> first, List<String> rest) {
    MockResponseBody body =
        new MockResponseBody() {
          @Override
          public long getContentLength() {
            return -1;
          }

          @Override
          public void writeTo(BufferedSink sink) throws IOException {
            chunk(sink, data(first));
            try {
              if (gate.await(20, TimeUnit.SECONDS)) {
                chunk(sink, data(rest) + "data: [DONE]\n\n");
                chunk(sink, "");
              }
            } catch (InterruptedException e) {
              throw new InterruptedIOException("the test ended");
            }
          }
        };
    return answers(
        new MockResponse.Builder()
            .body(body)
            .addHeader("Content-Type", "text/event-stream")
            .addHeader("Transfer-Encoding", "chunked"));
  }

  /** Sends a piece of a body at once; none ends the body. */
  private static void chunk(BufferedSink sink, String text) throws IOException {
    sink.writeUtf8(Integer.toHexString(text.getBytes(UTF_8).length) + "\r\n" + text + "\r\n");
    sink.flush();
  }

  private static String data(List<String> chunks) {
    return chunks.stream().map(chunk -> "data: " + chunk + "\n\n").collect(Collectors.joining());
  }

  OpenAiServer answers(MockResponse.Builder response) {
    server.enqueue(response.build());
    return this;
  }

  static MockResponse.Builder stream(String... chunks) {
    return events(data(List.of(chunks)) + "data: [DONE]\n\n");
  }

  static MockResponse.Builder events(String body) {
    return new MockResponse.Builder()
        .addHeader("Content-Type", "text/event-stream")
        .chunkedBody(body, 64);
  }

  static String text(String words) {
    return chunk("{\"content\":\"" + words + "\"}", "null");
  }

  static String finish(String reason) {
    return chunk("{}", "\"" + reason + "\"");
  }

  /** A piece of a tool call; the first one has id and name, the others only arguments. */
  static String call(int index, String id, String name, String arguments) {
    String head = id.isEmpty() ? "" : "\"id\":\"%s\",\"type\":\"function\",".formatted(id);
    String named = name.isEmpty() ? "" : "\"name\":\"%s\",".formatted(name);
    return chunk(
        "{\"tool_calls\":[{\"index\":%d,%s\"function\":{%s\"arguments\":\"%s\"}}]}"
            .formatted(index, head, named, arguments.replace("\"", "\\\"")),
        "null");
  }

  private static String chunk(String delta, String finish) {
    return "{\"id\":\"x\",\"model\":\"tester\",\"choices\":[{\"index\":0,\"delta\":%s,\"finish_reason\":%s}]}"
        .formatted(delta, finish);
  }

  /** The next request that came, waited for. */
  RecordedRequest request() throws InterruptedException {
    RecordedRequest request = server.takeRequest(20, TimeUnit.SECONDS);
    if (request == null) {
      throw new AssertionError("expected a request, found none");
    }
    return request;
  }

  int requests() {
    return server.getRequestCount();
  }

  @Override
  public void close() {
    server.close();
  }
}
