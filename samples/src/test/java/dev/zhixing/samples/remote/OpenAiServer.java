package dev.zhixing.samples.remote;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

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

  OpenAiServer answers(MockResponse.Builder response) {
    server.enqueue(response.build());
    return this;
  }

  static MockResponse.Builder stream(String... chunks) {
    StringBuilder body = new StringBuilder();
    for (String chunk : chunks) {
      body.append("data: ").append(chunk).append("\n\n");
    }
    return events(body.append("data: [DONE]\n\n").toString());
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
