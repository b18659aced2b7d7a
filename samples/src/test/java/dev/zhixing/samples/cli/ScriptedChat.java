package dev.zhixing.samples.cli;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/** A model that says what it was told to say, word by word. */
final class ScriptedChat implements StreamingChatModel {

  private final Deque<AiMessage> replies;

  ScriptedChat(AiMessage... replies) {
    this.replies = new ArrayDeque<>(Arrays.asList(replies));
  }

  static AiMessage says(String text) {
    return AiMessage.from(text);
  }

  static AiMessage calls(String thought, String tool, String arguments) {
    return AiMessage.builder()
        .text(thought)
        .toolExecutionRequests(
            java.util.List.of(
                ToolExecutionRequest.builder().id("1").name(tool).arguments(arguments).build()))
        .build();
  }

  @Override
  public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
    AiMessage reply = replies.removeFirst();
    String text = reply.text() == null ? "" : reply.text();
    for (String word : text.split("(?<= )", -1)) {
      handler.onPartialResponse(word);
    }
    handler.onCompleteResponse(ChatResponse.builder().aiMessage(reply).build());
  }
}
