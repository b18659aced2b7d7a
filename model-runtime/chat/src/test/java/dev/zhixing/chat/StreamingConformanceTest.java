package dev.zhixing.chat;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.Mockito.atLeastOnce;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.common.AbstractStreamingChatModelIT;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponseMetadata;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.output.TokenUsage;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.mockito.InOrder;

/** LangChain4j's conformance suite for streaming chat models. */
class StreamingConformanceTest extends AbstractStreamingChatModelIT {

  private final ScriptedChat chats = KnownAnswers.chats();
  private final StreamingChatModel model = chats.chat().streaming();

  @AfterAll
  void closeModels() {
    chats.close();
  }

  @Override
  protected List<StreamingChatModel> models() {
    return List.of(model);
  }

  @Override
  protected StreamingChatModel createModelWith(ChatRequestParameters parameters) {
    return chats.chat(parameters).streaming();
  }

  @Override
  public StreamingChatModel createModelWith(ChatModelListener listener) {
    return chats.chat(listener).streaming();
  }

  @Override
  protected void verifyToolCallbacks(StreamingChatResponseHandler handler, InOrder io, String id) {
    verifyCall(handler, io, complete(0, id, "getWeather", "{\"city\":\"Munich\"}"));
  }

  @Override
  protected void verifyToolCallbacks(
      StreamingChatResponseHandler handler, InOrder io, String first, String second) {
    verifyToolCallbacks(handler, io, first);
    verifyCall(handler, io, complete(1, second, "getTime", "{\"country\":\"France\"}"));
  }

  private static void verifyCall(
      StreamingChatResponseHandler handler, InOrder io, CompleteToolCall call) {
    io.verify(handler, atLeastOnce())
        .onPartialToolCall(argThat(part -> part.index() == call.index()), any());
    io.verify(handler).onCompleteToolCall(call);
  }

  @Override
  protected boolean assertThreads() {
    return false; // the handler is called by the calling thread, as is documented
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
  protected Class<? extends ChatResponseMetadata> chatResponseMetadataType(
      StreamingChatModel chat) {
    return LocalChatResponseMetadata.class;
  }

  @Override
  protected Class<? extends TokenUsage> tokenUsageType(StreamingChatModel chat) {
    return LocalTokenUsage.class;
  }
}
