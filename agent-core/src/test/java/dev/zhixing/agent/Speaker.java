package dev.zhixing.agent;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.output.FinishReason;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/** Plays its lines, each of which speaks as it likes. */
final class Speaker implements StreamingChatModel {
  private final Queue<Consumer<StreamingChatResponseHandler>> lines = new ConcurrentLinkedQueue<>();

  Speaker then(Consumer<StreamingChatResponseHandler> line) {
    lines.add(line);
    return this;
  }

  Speaker says(String answer) {
    return then(
        handler ->
            handler.onCompleteResponse(
                ScriptedModel.reply(AiMessage.from(answer), FinishReason.STOP)));
  }

  @Override
  public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
    lines.remove().accept(handler);
  }
}
