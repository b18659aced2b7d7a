package dev.zhixing.agent;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.invocation.InvocationParameters;
import dev.langchain4j.service.tool.ToolExecutionResult;
import dev.langchain4j.service.tool.ToolExecutor;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A tool with what the toolbox knows about it. {@code outputLimit} is in characters; {@code
 * idempotent} says that a call done twice is as good as once; {@code check} finds out whether a
 * call was done.
 */
record Tool(
    ToolSpecification specification,
    JsonNode schema,
    ToolExecutor executor,
    Effect effect,
    Duration timeLimit,
    int outputLimit,
    boolean idempotent,
    @Nullable CallCheck check) {

  static Tool of(
      ToolSpecification specification,
      ToolExecutor executor,
      Effect effect,
      Duration timeLimit,
      int outputLimit) {
    JsonNode schema = Arguments.parse(specification.toJson()).path("parameters");
    return new Tool(
        specification,
        schema.isMissingNode()
            ? Arguments.parse("{\"type\":\"object\",\"properties\":{}}")
            : schema,
        executor,
        effect,
        timeLimit,
        outputLimit,
        false,
        null);
  }

  Tool with(Effect newEffect, Duration newTimeLimit) {
    return new Tool(
        specification, schema, executor, newEffect, newTimeLimit, outputLimit, idempotent, check);
  }

  Tool with(boolean nowIdempotent, @Nullable CallCheck newCheck) {
    return new Tool(
        specification, schema, executor, effect, timeLimit, outputLimit, nowIdempotent, newCheck);
  }

  /** Runs the tool on the calling thread. */
  ToolExecutionResult execute(ToolCall call, String conversation) {
    return executor.executeWithContext(call.toRequest(), context(conversation));
  }

  /** What LangChain4j wants to know about who calls. */
  static InvocationContext context(String conversation) {
    return InvocationContext.builder()
        .invocationId(UUID.randomUUID())
        .interfaceName("dev.zhixing.agent.Agent")
        .methodName("run")
        .chatMemoryId(conversation)
        .invocationParameters(new InvocationParameters())
        .timestamp(Instant.now())
        .build();
  }

  /** {@code result} as an observation, cut where it is too long. */
  Observation observe(ToolCall call, ToolExecutionResult result, long millis) {
    String text = text(result);
    if (result.isError()) {
      return new Observation.Failure(call, cut(text), millis);
    }
    return new Observation.Success(call, cut(text), text.length() > outputLimit, millis);
  }

  private static String text(ToolExecutionResult result) {
    if (result.resultContents() == null || result.resultContents().isEmpty()) {
      return result.resultText() == null ? "" : result.resultText();
    }
    return result.resultContents().stream()
        .map(
            c ->
                c instanceof TextContent t
                    ? t.text()
                    : "(" + c.type().name().toLowerCase(java.util.Locale.ROOT) + ")")
        .collect(Collectors.joining("\n"));
  }

  private String cut(String text) {
    if (text.length() <= outputLimit) {
      return text;
    }
    int end =
        Character.isHighSurrogate(text.charAt(outputLimit - 1)) ? outputLimit - 1 : outputLimit;
    return text.substring(0, end)
        + "\n[cut: the first %,d of %,d characters]".formatted(end, text.length());
  }
}
