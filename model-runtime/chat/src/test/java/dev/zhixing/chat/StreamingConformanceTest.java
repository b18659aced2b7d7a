package dev.zhixing.chat;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mockito.InOrder;

/**
 * LangChain4j's conformance suite for streaming chat models. The model has all that the suite knows
 * but images: what it tests of models that lack something must fail here, see {@link
 * #mustBeAnswered}. Scripted text stands in where a test asserts knowledge, see {@link
 * KnownAnswers}. Not run, as they need a model that sees images:
 *
 * <ul>
 *   <li>{@code should_accept_single_image_as_base64_encoded_string}
 *   <li>{@code should_accept_multiple_images_as_base64_encoded_strings}
 *   <li>{@code should_accept_single_image_as_public_URL}
 *   <li>{@code should_accept_multiple_images_as_public_URLs}
 * </ul>
 */
class StreamingConformanceTest extends AbstractStreamingChatModelIT {

  private final ScriptedChat chats = KnownAnswers.chats();
  private final ExecutorService executor = Executors.newSingleThreadExecutor();
  private final StreamingChatModel model = chats.chat().streaming(executor);

  @AfterAll
  void closeModels() {
    executor.close();
    chats.close();
  }

  @Override
  protected List<StreamingChatModel> models() {
    return List.of(model);
  }

  @Override
  protected StreamingChatModel createModelWith(ChatRequestParameters parameters) {
    return chats.chat(parameters).streaming(executor);
  }

  @Override
  public StreamingChatModel createModelWith(ChatModelListener listener) {
    return chats.chat(listener).streaming(executor);
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
  protected ChatRequestParameters createIntegrationSpecificParameters(int maxOutputTokens) {
    return LocalChatRequestParameters.builder().maxOutputTokens(maxOutputTokens).build();
  }

  @Override
  protected String customModelName() {
    return ScriptedChat.ALIAS;
  }

  /** The suite expects a refusal of what the model can do, and must find none. */
  private static void mustBeAnswered(ThrowingCallable refusal) {
    assertThatThrownBy(refusal)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("Expecting code to raise a throwable");
  }

  @Override
  @ParameterizedTest
  @MethodSource("models")
  protected void should_fail_if_tools_are_not_supported(StreamingChatModel chat) {
    mustBeAnswered(() -> super.should_fail_if_tools_are_not_supported(chat));
  }

  @Override
  @ParameterizedTest
  @MethodSource("models")
  protected void should_fail_if_tool_choice_REQUIRED_is_not_supported(StreamingChatModel chat) {
    mustBeAnswered(() -> super.should_fail_if_tool_choice_REQUIRED_is_not_supported(chat));
  }

  @Override
  @ParameterizedTest
  @MethodSource("models")
  protected void should_fail_if_JSON_response_format_is_not_supported(StreamingChatModel chat) {
    mustBeAnswered(() -> super.should_fail_if_JSON_response_format_is_not_supported(chat));
  }

  @Override
  @ParameterizedTest
  @MethodSource("models")
  protected void should_fail_if_JSON_response_format_with_schema_is_not_supported(
      StreamingChatModel chat) {
    mustBeAnswered(
        () -> super.should_fail_if_JSON_response_format_with_schema_is_not_supported(chat));
  }

  @Override
  @ParameterizedTest
  @MethodSource("models")
  protected void should_fail_if_stopSequences_parameter_is_not_supported(StreamingChatModel chat) {
    mustBeAnswered(() -> super.should_fail_if_stopSequences_parameter_is_not_supported(chat));
  }

  @Override
  @ParameterizedTest
  @MethodSource("models")
  protected void should_fail_if_maxOutputTokens_parameter_is_not_supported(
      StreamingChatModel chat) {
    mustBeAnswered(() -> super.should_fail_if_maxOutputTokens_parameter_is_not_supported(chat));
  }

  @Override
  @ParameterizedTest
  @MethodSource("models")
  protected void should_fail_if_modelName_is_not_supported(StreamingChatModel chat) {
    super.should_fail_if_modelName_is_not_supported(chat);
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
