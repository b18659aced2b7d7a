package dev.zhixing.chat;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.common.AbstractChatModelIT;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponseMetadata;
import dev.langchain4j.model.output.TokenUsage;
import java.util.List;
import org.junit.jupiter.api.AfterAll;

/** LangChain4j's conformance suite for chat models. */
class ChatConformanceTest extends AbstractChatModelIT {

  private final ScriptedChat chats = KnownAnswers.chats();
  private final ChatModel model = new ScriptedChat.Open(chats.chat());

  @AfterAll
  void closeModels() {
    chats.close();
  }

  @Override
  protected List<ChatModel> models() {
    return List.of(model);
  }

  @Override
  protected ChatModel createModelWith(ChatRequestParameters parameters) {
    return chats.chat(parameters);
  }

  @Override
  protected ChatRequestParameters createIntegrationSpecificParameters(int maxOutputTokens) {
    return LocalChatRequestParameters.builder().maxOutputTokens(maxOutputTokens).build();
  }

  @Override
  protected String customModelName() {
    return ScriptedChat.NAME;
  }

  @Override
  protected boolean supportsModelNameParameter() {
    return false;
  }

  @Override
  protected boolean supportsSingleImageInputAsBase64EncodedString() {
    return false;
  }

  @Override
  protected boolean supportsMultipleImageInputsAsBase64EncodedStrings() {
    return false;
  }

  @Override
  protected boolean supportsSingleImageInputAsPublicURL() {
    return false;
  }

  @Override
  protected boolean supportsMultipleImageInputsAsPublicURLs() {
    return false;
  }

  @Override
  protected Class<? extends ChatResponseMetadata> chatResponseMetadataType(ChatModel chat) {
    return LocalChatResponseMetadata.class;
  }

  @Override
  protected Class<? extends TokenUsage> tokenUsageType(ChatModel chat) {
    return LocalTokenUsage.class;
  }
}
