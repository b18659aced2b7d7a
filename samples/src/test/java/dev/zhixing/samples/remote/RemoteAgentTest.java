package dev.zhixing.samples.remote;

import static dev.zhixing.agent.testing.AgentAssertions.assertThat;
import static dev.zhixing.samples.remote.OpenAiServer.call;
import static dev.zhixing.samples.remote.OpenAiServer.finish;
import static dev.zhixing.samples.remote.OpenAiServer.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.zhixing.agent.Agent;
import dev.zhixing.agent.AgentEvent;
import dev.zhixing.agent.AgentListener;
import dev.zhixing.agent.Budget;
import dev.zhixing.agent.Effect;
import dev.zhixing.agent.Retry;
import dev.zhixing.agent.Run;
import dev.zhixing.agent.RunResult;
import dev.zhixing.agent.Toolbox;
import dev.zhixing.agent.TypedResult;
import dev.zhixing.agent.Usage;
import dev.zhixing.planner.react.ReActPlanner;
import dev.zhixing.tool.StandardTools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The agent on LangChain4j's OpenAI client and a real HTTP server. */
@Timeout(60)
class RemoteAgentTest {

  private final OpenAiServer server = new OpenAiServer();
  private final List<AgentEvent> events = new CopyOnWriteArrayList<>();

  private int attempts = 1;

  @TempDir Path folder;

  @AfterEach
  void stopServer() {
    server.close();
  }

  @Test
  void callsAToolAndStreamsTheAnswer() throws Exception {
    server
        .streams(
            text("The "),
            text("light."),
            call(0, "call_7", "set_light", ""),
            call(0, "", "", "{\"room\":\"kitchen\","),
            call(0, "", "", "\"state\":\"on\"}"),
            finish("tool_calls"),
            OpenAiServer.END)
        .streams(text("It is "), text("on now."), finish("stop"), OpenAiServer.END);

    RunResult result = agent("sk-test", RemoteLimits.STANDARD).run("Turn on the kitchen light");

    assertThat(result)
        .called("set_light")
        .with("room", "kitchen")
        .with("state", "on")
        .thatSucceeded()
        .times(1)
        .answered("It is on now.")
        .usedAtMostSteps(3);
    assertThat(Files.readString(folder.resolve("home.json"))).contains("kitchen");
    assertThat(said()).containsExactly("The ", "light.", "It is ", "on now.");
    assertThat(result.run().usage()).isEqualTo(new Usage(240, 18, 40, 200, null));
    RecordedRequest first = server.request();
    JsonNode second = body(server.request());
    assertThat(first.getTarget()).isEqualTo("/v1/chat/completions");
    assertThat(first.getHeaders().get("Authorization")).isEqualTo("Bearer sk-test");
    assertThat(body(first).path("model").asText()).isEqualTo("tester");
    assertThat(body(first).path("stream").booleanValue()).isTrue();
    assertThat(body(first).at("/tools/0/function/name").asText()).isNotEmpty();
    assertThat(second.at("/messages/1/tool_calls/0/id").asText()).isEqualTo("call_7");
    assertThat(second.at("/messages/2/role").asText()).isEqualTo("tool");
    assertThat(second.at("/messages/2/tool_call_id").asText()).isEqualTo("call_7");
    assertThat(second.at("/messages/2/content").asText()).contains("\"ok\":true");
  }

  @Test
  void saysThatACallWasCutOffAndRunsNothing() {
    server.streams(
        text("The light."),
        call(0, "a", "set_light", ""),
        call(0, "", "", "{\"room\":\"kitchen\",\"sta"),
        finish("length"));

    RunResult result = agent(null, RemoteLimits.STANDARD).run("Turn on the kitchen light");

    assertThat(result)
        .isEqualTo(
            new RunResult.OutOfBudget(result.run(), Budget.Limit.REPLY_LENGTH, "The light."));
    assertThat(folder.resolve("home.json")).doesNotExist();
  }

  record Light(String room, boolean on) {}

  @Test
  void givesTheWordsBeforeAnAnswerInJsonThatWasCutOff() {
    server
        .streams(text("It is on."), finish("stop"))
        .streams(text("{\\\"room\\\":\\\"kit"), finish("length"));

    TypedResult<Light> result =
        agent(null, RemoteLimits.STANDARD).run("Is the kitchen light on?", Light.class);

    assertThat(result.result())
        .isEqualTo(
            new RunResult.OutOfBudget(
                result.result().run(), Budget.Limit.REPLY_LENGTH, "It is on."));
    assertThat(result.value()).isEmpty();
  }

  @Test
  void keepsTwoCallsOfOneTurnApart() throws Exception {
    server
        .streams(
            call(0, "a", "set_light", "{\"room\":\"kitchen\",\"state\":\"on\"}"),
            call(1, "b", "set_light", "{\"room\":\"study\",\"state\":\"on\"}"),
            finish("tool_calls"))
        .streams(text("Both are on."), finish("stop"));

    RunResult result = agent(null, RemoteLimits.STANDARD).run("kitchen and study lights on");

    assertThat(result)
        .calledExactly("set_light", "set_light")
        .called("set_light")
        .with("room", "study")
        .answered("Both are on.");
    assertThat(Files.readString(folder.resolve("home.json"))).contains("kitchen", "study");
    assertThat(server.request().getHeaders().get("Authorization")).isNull();
    assertThat(body(server.request()).at("/messages/3/tool_call_id").asText()).isEqualTo("b");
  }

  @Test
  void readsWhileTheServerStillStreams() {
    CountDownLatch ran = new CountDownLatch(1);
    Toolbox reading =
        Toolbox.builder()
            .add(
                ToolSpecification.builder().name("look").build(),
                (_, _) -> {
                  ran.countDown();
                  return "a cat";
                },
                Effect.READ)
            .build();
    server
        .streamsAfter(
            ran,
            List.of(call(0, "a", "look", "{}"), call(1, "b", "look", "")),
            List.of(call(1, "", "", "{}"), finish("tool_calls")))
        .streams(text("Cats."), finish("stop"));

    RunResult result = agent(server.address(), null, RemoteLimits.STANDARD, reading).run("Look!");

    assertThat(result).calledExactly("look", "look").answered("Cats.");
    assertThat(events.stream().map(event -> event.getClass().getSimpleName()))
        .containsSubsequence("CallStarted", "CallStarted", "Replied", "Observed", "Observed");
  }

  @Test
  void saysThatNothingAnswersThere() {
    RemoteAddress dead = server.address();
    server.close();

    assertThat(failure(agent(dead, null, RemoteLimits.STANDARD)))
        .contains(dead.toString(), "nothing answers there; is the server running");
  }

  @Test
  void passesOnThatThereAreTooManyRequests() {
    server.answers(error(429, "Rate limit reached for tester").addHeader("Retry-After", "17"));

    assertThat(failure(agent(null, RemoteLimits.STANDARD)))
        .contains("HTTP 429, too many requests: Rate limit reached for tester; try again later");
    assertThat(server.requests()).isEqualTo(1);
  }

  @Test
  void isAskedAgainWhereAFailureMayPass() {
    attempts = 3;
    server
        .answers(error(429, "slow down").addHeader("Retry-After", "1"))
        .answers(error(503, "overloaded"))
        .streams(text("Here I am."), finish("stop"));

    assertThat(agent(null, RemoteLimits.STANDARD).run("hi")).answered("Here I am.");
    assertThat(server.requests()).isEqualTo(3);
  }

  @Test
  void saysThatTheServerFailed() {
    server.answers(new MockResponse.Builder().code(500).body("<html>\n out of memory </html>"));

    assertThat(failure(agent(null, RemoteLimits.STANDARD)))
        .contains("HTTP 500, the server failed: <html> out of memory </html>");
  }

  @Test
  void asksForTheKeyWhereAccessIsDenied() {
    server.answers(error(401, "Incorrect API key provided"));

    assertThat(failure(agent(null, RemoteLimits.STANDARD)))
        .contains("HTTP 401, access denied: Incorrect API key provided", "OPENAI_API_KEY");
  }

  @Test
  void saysThatTheStreamIsNotOpenAis() {
    server.answers(OpenAiServer.events("data: {\"id\": oops\n\ndata: [DONE]\n\n"));

    assertThat(failure(agent(null, RemoteLimits.STANDARD))).contains("expected OpenAI's protocol");
  }

  @Test
  void saysThatAPageIsNoAnswer() {
    server.answers(
        new MockResponse.Builder().addHeader("Content-Type", "text/html").body("<p>hi</p>"));

    assertThat(failure(agent(null, RemoteLimits.STANDARD))).contains("broke off");
  }

  @Test
  void takesAnAnswerThatStopsInTheMiddleForAFailure() {
    server.answers(OpenAiServer.events("data: " + text("Turning on the") + "\n\n"));

    assertThat(failure(agent(null, RemoteLimits.STANDARD))).contains("broke off", "finish_reason");
    assertThat(said()).containsExactly("Turning on the");
  }

  @Test
  void takesABrokenConnectionForAFailure() {
    String body = ("data: " + text("All of this") + "\n\n").repeat(200);
    server.answers(
        OpenAiServer.events(body).onResponseBody(new SocketEffect.CloseSocket(true, true, true)));

    assertThat(failure(agent(null, RemoteLimits.STANDARD))).contains("the connection broke");
  }

  @Test
  void passesOnAnErrorInTheMiddleOfAStream() {
    server.streams(text("Well"), "{\"error\":{\"message\":\"worker died\",\"code\":500}}");

    assertThat(failure(agent(null, RemoteLimits.STANDARD)))
        .contains("the server failed while it answered: worker died");
  }

  @Test
  void doesNotWaitForASilentServer() {
    server.answers(OpenAiServer.stream(text("never")).headersDelay(30, TimeUnit.SECONDS));

    assertThat(failure(agent(null, limits(2, 30)))).contains("no answer within 2.0 s");
  }

  @Test
  void doesNotWaitForAStreamThatStalls() {
    String body = ("data: " + text("slow") + "\n\n").repeat(400);
    server.answers(OpenAiServer.events(body).throttleBody(16_384, 30, TimeUnit.SECONDS));

    assertThat(failure(agent(null, limits(60, 1)))).contains("nothing came for 1.0 s");
  }

  @Test
  void stopsAtOnceWhenTheRunIsCancelled() throws Exception {
    String body = ("data: " + text("slow") + "\n\n").repeat(400);
    server.answers(OpenAiServer.events(body).throttleBody(16_384, 30, TimeUnit.SECONDS));
    Run run = agent(null, RemoteLimits.STANDARD).converse().start("hi", AgentListener.NONE);
    server.request();

    run.cancel();

    assertThat(run.await()).isInstanceOf(RunResult.Cancelled.class);
  }

  @Test
  void keepsTheBudgetsTimeAlthoughTheServerIsSilent() {
    server.answers(OpenAiServer.stream(text("never")).headersDelay(30, TimeUnit.SECONDS));
    Agent hurried =
        Agent.builder()
            .model(new RemoteChatModel(server.address(), null, RemoteLimits.STANDARD))
            .planner(new ReActPlanner())
            .budget(Budget.STANDARD.withTime(Duration.ofMillis(300)))
            .build();

    assertThat(hurried.run("hi")).isInstanceOf(RunResult.OutOfBudget.class);
  }

  private static RemoteLimits limits(int response, int silence) {
    return new RemoteLimits(Duration.ofSeconds(response), Duration.ofSeconds(silence));
  }

  private static String failure(Agent agent) {
    RunResult result = agent.run("Turn on the kitchen light");
    assertThat(result).isInstanceOf(RunResult.Failed.class);
    return result.reason();
  }

  private Agent agent(@Nullable String key, RemoteLimits limits) {
    return agent(server.address(), key, limits);
  }

  private Agent agent(RemoteAddress address, @Nullable String key, RemoteLimits limits) {
    return agent(
        address,
        key,
        limits,
        StandardTools.builder(Clock.systemUTC())
            .home(folder.resolve("home.json"))
            .build()
            .addTo(Toolbox.builder())
            .build());
  }

  private Agent agent(
      RemoteAddress address, @Nullable String key, RemoteLimits limits, Toolbox tools) {
    return Agent.builder()
        .model(new RemoteChatModel(address, key, limits))
        .planner(new ReActPlanner())
        .tools(tools)
        .listener(events::add)
        .retry(new Retry(attempts, Duration.ZERO, Duration.ZERO, Duration.ofMinutes(1)))
        .build();
  }

  private List<String> said() {
    return events.stream()
        .filter(AgentEvent.Said.class::isInstance)
        .map(event -> ((AgentEvent.Said) event).text())
        .toList();
  }

  private static MockResponse.Builder error(int status, String message) {
    return new MockResponse.Builder()
        .code(status)
        .body("{\"error\":{\"message\":\"%s\",\"type\":\"x\"}}".formatted(message));
  }

  private static JsonNode body(RecordedRequest request) throws JsonProcessingException {
    if (request.getBody() == null) {
      throw new AssertionError("expected a body, found none");
    }
    return new JsonMapper().readTree(request.getBody().utf8());
  }
}
