package dev.zhixing.samples.remote;

import static dev.zhixing.samples.remote.OpenAiServer.finish;
import static dev.zhixing.samples.remote.OpenAiServer.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zhixing.agent.Agent;
import dev.zhixing.agent.AgentEvent;
import dev.zhixing.agent.AgentEvent.ModelFailed.Remedy;
import dev.zhixing.agent.Retry;
import dev.zhixing.agent.RunResult;
import dev.zhixing.planner.react.ReActPlanner;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which failures of a server are tried again, on LangChain4j's client and a real HTTP server. */
@Timeout(60)
class RemoteRetryTest {

  private static final Retry AT_ONCE =
      new Retry(3, Duration.ZERO, Duration.ZERO, Duration.ofMinutes(1));

  private final OpenAiServer server = new OpenAiServer();
  private final List<AgentEvent> events = new CopyOnWriteArrayList<>();

  @AfterEach
  void stopServer() {
    server.close();
  }

  @Test
  void asksAgainAfterAnAnswerThatBrokeOff() {
    server.answers(OpenAiServer.events("data: " + text("Turning on") + "\n\n"));

    assertAnsweredTheSecondTime(RemoteLimits.STANDARD);

    assertThat(failures()).singleElement().satisfies(RemoteRetryTest::isWithdrawn);
    assertThat(failures().getFirst().reason()).contains("broke off");
  }

  @Test
  void asksAgainAfterAPieceThatBrokeOff() {
    String piece = "data: " + text("Turning on");
    server.answers(
        new MockResponse.Builder()
            .addHeader("Content-Type", "text/event-stream")
            .body(piece.substring(0, piece.length() - 9)));

    assertAnsweredTheSecondTime(RemoteLimits.STANDARD);

    assertThat(failures().getFirst().reason()).contains("broke off");
  }

  @Test
  void asksAgainAfterAConnectionThatBroke() {
    server.answers(
        OpenAiServer.events(("data: " + text("All") + "\n\n").repeat(200))
            .onResponseBody(new SocketEffect.CloseSocket(true, true, true)));

    assertAnsweredTheSecondTime(RemoteLimits.STANDARD);

    assertThat(failures().getFirst().reason()).contains("the connection broke");
  }

  @Test
  void asksAgainAfterAStreamThatStalled() {
    String body = ("data: " + text("slow") + "\n\n").repeat(400);
    server.answers(OpenAiServer.events(body).throttleBody(16_384, 30, TimeUnit.SECONDS));

    assertAnsweredTheSecondTime(new RemoteLimits(Duration.ofMinutes(1), Duration.ofSeconds(1)));

    assertThat(failures()).singleElement().satisfies(RemoteRetryTest::isWithdrawn);
    assertThat(failures().getFirst().reason()).contains("nothing came for 1.0 s");
  }

  @Test
  void asksAgainAfterAServerThatSaidNothing() {
    server.answers(OpenAiServer.stream(text("never")).headersDelay(30, TimeUnit.SECONDS));

    assertAnsweredTheSecondTime(new RemoteLimits(Duration.ofSeconds(2), Duration.ofSeconds(30)));

    assertThat(failures().getFirst().withdrawn()).isFalse();
    assertThat(failures().getFirst().reason()).contains("no answer within 2.0 s");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'error':{'message':'worker died','code':500}}",
        "{'error':{'message':'slow down','type':'rate_limit_error','code':'429'}}",
        "{'error':{'message':'busy','type':'overloaded_error'}}",
        "{'error':'the model runner stopped'}"
      })
  void asksAgainAfterAnErrorInTheStreamThatMayPass(String error) {
    server.streams(text("Well"), error.replace('\'', '"'));

    assertAnsweredTheSecondTime(RemoteLimits.STANDARD);

    assertThat(failures()).singleElement().satisfies(RemoteRetryTest::isWithdrawn);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'error':{'message':'too long','type':'BadRequestError','code':400}}",
        "{'error':{'message':'key expired','code':401}}",
        "{'error':{'message':'not yours','type':'permission_error'}}",
        "{'error':{'message':'no such model','code':404}}",
        "{'error':{'message':'pay first','code':'insufficient_quota'}}"
      })
  void doesNotRepeatAnErrorInTheStreamThatCannotPass(String error) {
    server.streams(text("Well"), error.replace('\'', '"'));

    assertFailedAtOnce();
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404})
  void doesNotRepeatWhatTheServerRefused(int status) {
    server.answers(refusal(status));

    assertFailedAtOnce();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'error':{'message':'no','type':'insufficient_quota','code':'insufficient_quota'}}",
        "{'error':{'message':'no','type':'invalid_request_error','code':'billing_hard_limit_reached'}}",
        "{'error':{'message':'no','type':'exceeded_current_quota_error'}}"
      })
  void doesNotRepeatWhereTheQuotaIsUsedUp(String body) {
    server.answers(refusal(429, body).addHeader("Retry-After", "1"));

    assertFailedAtOnce();

    assertThat(failures().getFirst().reason())
        .endsWith("HTTP 429, the quota is used up: no; look at the account's limits");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'error':{'message':'You exceeded your quota of a minute','code':429}}",
        "{'error':{'message':'no','type':'requests','code':'rate_limit_exceeded'}}",
        "{'error':'slow down'}",
        "<html>too many requests</html>",
        ""
      })
  void asksAgainWhereThereWereOnlyTooManyRequests(String body) {
    server.answers(refusal(429, body));

    assertAnsweredTheSecondTime(RemoteLimits.STANDARD);

    assertThat(failures().getFirst().reason()).contains("HTTP 429, too many requests");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'error':{'message':'no','code':'billing_not_active'}}",
        "{'error':{'message':'no','type':'BadRequestError','code':400}}"
      })
  void doesNotRepeatAServersFaultWhoseBodySaysThatItIsFinal(String body) {
    server.answers(refusal(500, body));

    assertFailedAtOnce();
  }

  @Test
  void doesNotRepeatWhatIsNotOpenAisProtocol() {
    server.answers(OpenAiServer.events("data: {\"id\": oops\n\ndata: [DONE]\n\n"));

    assertFailedAtOnce();
  }

  @Test
  void givesUpAfterTheLastAttempt() {
    for (int i = 0; i < 4; i++) {
      server.answers(OpenAiServer.events("data: " + text("Turning on") + "\n\n"));
    }

    RunResult result = agent(RemoteLimits.STANDARD).run("hi");

    assertThat(result).isInstanceOf(RunResult.Failed.class);
    assertThat(failures())
        .extracting(AgentEvent.ModelFailed::then)
        .containsExactly(Remedy.RETRY, Remedy.RETRY, Remedy.END);
    assertThat(server.requests()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 503})
  void waitsForAsLongAsTheServerAsks(int status) {
    server.answers(refusal(status).addHeader("Retry-After", "1"));
    long started = System.nanoTime();

    assertAnsweredTheSecondTime(RemoteLimits.STANDARD);

    assertThat(System.nanoTime() - started).isGreaterThanOrEqualTo(1_000_000_000L);
    assertThat(failures()).extracting(AgentEvent.ModelFailed::waitMillis).containsExactly(1000L);
  }

  @Test
  void waitsForAsManyMillisecondsAsTheServerAsks() {
    server.answers(refusal(429).addHeader("retry-after-ms", "20").addHeader("Retry-After", "1"));

    assertAnsweredTheSecondTime(RemoteLimits.STANDARD);

    assertThat(failures()).extracting(AgentEvent.ModelFailed::waitMillis).containsExactly(20L);
  }

  @Test
  void waitsUntilTheDateThatTheServerTells() {
    server.answers(
        refusal(503)
            .addHeader("Date", "Sun, 30 Jun 2030 12:00:00 GMT")
            .addHeader("Retry-After", "Sun, 30 Jun 2030 12:00:01 GMT"));

    assertAnsweredTheSecondTime(RemoteLimits.STANDARD);

    assertThat(failures()).extracting(AgentEvent.ModelFailed::waitMillis).containsExactly(1000L);
  }

  @Test
  void waitsItsOwnTimeWhereTheServerAsksForNoTime() {
    server.answers(refusal(503).addHeader("Retry-After", "soon"));

    assertAnsweredTheSecondTime(RemoteLimits.STANDARD);

    assertThat(failures()).extracting(AgentEvent.ModelFailed::waitMillis).containsExactly(0L);
  }

  @Test
  void saysThatTheServerAsksForTooLongAWait() {
    server.answers(refusal(429).addHeader("Retry-After", "3600"));

    assertFailedAtOnce();

    assertThat(failures().getFirst().reason())
        .endsWith("; it asks to wait for 3600.0 s, but the agent waits for 60.0 s at most");
  }

  @Test
  void doesNotRepeatARefusalThatNamesATime() {
    server.answers(refusal(403).addHeader("Retry-After", "1"));

    assertFailedAtOnce();
  }

  private static MockResponse.Builder refusal(int status) {
    return refusal(status, "{'error':{'message':'no'}}");
  }

  private static MockResponse.Builder refusal(int status, String body) {
    return new MockResponse.Builder().code(status).body(body.replace('\'', '"'));
  }

  private void assertAnsweredTheSecondTime(RemoteLimits limits) {
    server.streams(text("Here I am."), finish("stop"));

    RunResult result = agent(limits).run("hi");

    assertThat(result).isEqualTo(new RunResult.Answered(result.run(), "Here I am."));
    assertThat(failures()).extracting(AgentEvent.ModelFailed::then).containsExactly(Remedy.RETRY);
    assertThat(server.requests()).isEqualTo(2);
  }

  private void assertFailedAtOnce() {
    RunResult result = agent(RemoteLimits.STANDARD).run("hi");

    assertThat(result).isInstanceOf(RunResult.Failed.class);
    assertThat(failures()).extracting(AgentEvent.ModelFailed::then).containsExactly(Remedy.END);
    assertThat(server.requests()).isEqualTo(1);
  }

  private static void isWithdrawn(AgentEvent.ModelFailed failed) {
    assertThat(failed.withdrawn()).isTrue();
  }

  private List<AgentEvent.ModelFailed> failures() {
    return events.stream()
        .filter(AgentEvent.ModelFailed.class::isInstance)
        .map(AgentEvent.ModelFailed.class::cast)
        .toList();
  }

  private Agent agent(RemoteLimits limits) {
    return Agent.builder()
        .model(new RemoteChatModel(server.address(), null, limits))
        .planner(new ReActPlanner())
        .listener(events::add)
        .retry(AT_ONCE)
        .build();
  }
}
