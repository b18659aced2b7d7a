package dev.zhixing.agent;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A model that plays its lines in order, or answers by what it is asked, and remembers that. Each
 * reply costs ten tokens in and five out.
 */
public final class ScriptedModel implements ChatModel {
  private final Queue<Function<ChatRequest, ChatResponse>> script = new ConcurrentLinkedQueue<>();
  private final List<ChatRequest> requests = Collections.synchronizedList(new ArrayList<>());
  private @Nullable Function<ChatRequest, String> answers;
  private int calls;

  /** Next, answers {@code text}. */
  public ScriptedModel says(String text) {
    return replies(AiMessage.from(text));
  }

  /** Next, says {@code thought} and calls tools: name, arguments, name, arguments and so on. */
  public ScriptedModel calls(String thought, String... namesAndArguments) {
    List<ToolExecutionRequest> requested = new ArrayList<>();
    for (int i = 0; i < namesAndArguments.length; i += 2) {
      requested.add(
          ToolExecutionRequest.builder()
              .id("c" + ++calls)
              .name(namesAndArguments[i])
              .arguments(namesAndArguments[i + 1])
              .build());
    }
    return replies(AiMessage.from(thought, requested));
  }

  /** Next, replies with {@code message}. */
  public ScriptedModel replies(AiMessage message) {
    return does(_ -> reply(message, FinishReason.STOP));
  }

  /** Next, does {@code line}. */
  public ScriptedModel does(Function<ChatRequest, ChatResponse> line) {
    script.add(line);
    return this;
  }

  /**
   * Has no lines, but answers each request by what that says: for questions that are put at once,
   * in an order that is chance. {@code newAnswers} is called by several threads.
   */
  public ScriptedModel answersBy(Function<ChatRequest, String> newAnswers) {
    answers = newAnswers;
    return this;
  }

  /** Goes on as if it had played its first {@code lines}, if it has lines. */
  public ScriptedModel after(int lines) {
    for (int i = 0; i < lines && answers == null; i++) {
      if (script.poll() == null) {
        throw new IllegalArgumentException("expected %d lines, found %d".formatted(lines, i));
      }
    }
    return this;
  }

  /** A reply that costs ten tokens in and five out, of which it says that seven were prefilled. */
  public static ChatResponse reply(AiMessage message, FinishReason reason) {
    Map<String, Object> attributes = new HashMap<>(message.attributes());
    attributes.put(Usage.PREFILLED_TOKENS, 7);
    return ChatResponse.builder()
        .aiMessage(message.toBuilder().attributes(attributes).build())
        .tokenUsage(new TokenUsage(10, 5))
        .finishReason(reason)
        .build();
  }

  /** What it was asked so far. */
  public List<ChatRequest> requests() {
    return List.copyOf(requests);
  }

  /** The same model, which says its text a few characters at a time. */
  public StreamingChatModel streaming() {
    return new StreamingChatModel() {
      @Override
      public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
        ChatResponse response = ScriptedModel.this.doChat(request);
        String text = response.aiMessage().text() == null ? "" : response.aiMessage().text();
        for (int i = 0; i < text.length(); i += 3) {
          handler.onPartialResponse(text.substring(i, Math.min(text.length(), i + 3)));
        }
        handler.onCompleteResponse(response);
      }
    };
  }

  @Override
  public ChatResponse doChat(ChatRequest request) {
    requests.add(request);
    if (answers != null) {
      return reply(AiMessage.from(answers.apply(request)), FinishReason.STOP);
    }
    Function<ChatRequest, ChatResponse> line = script.poll();
    if (line == null) {
      throw new IllegalStateException("the script has no line " + requests.size());
    }
    return line.apply(request);
  }
}
