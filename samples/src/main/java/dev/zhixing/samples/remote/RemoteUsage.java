package dev.zhixing.samples.remote;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.openai.OpenAiTokenUsage;
import dev.zhixing.agent.Usage;
import java.util.HashMap;
import java.util.Map;

/** Tells an agent which tokens a server had in its cache, where the server says so. */
final class RemoteUsage {

  private RemoteUsage() {}

  static ChatResponse told(ChatResponse response) {
    if (!(response.tokenUsage() instanceof OpenAiTokenUsage usage)
        || usage.inputTokenCount() == null
        || usage.inputTokensDetails() == null
        || usage.inputTokensDetails().cachedTokens() == null) {
      return response;
    }
    int cached = usage.inputTokensDetails().cachedTokens();
    AiMessage message = response.aiMessage();
    Map<String, Object> attributes = new HashMap<>(message.attributes());
    attributes.put(Usage.CACHED_TOKENS, cached);
    attributes.put(Usage.PREFILLED_TOKENS, usage.inputTokenCount() - cached);
    return ChatResponse.builder()
        .aiMessage(message.toBuilder().attributes(attributes).build())
        .metadata(response.metadata())
        .build();
  }
}
