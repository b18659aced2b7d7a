package dev.zhixing.chat;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.common.AbstractChatModelIT;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponseMetadata;
import dev.langchain4j.model.output.TokenUsage;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * LangChain4j's conformance suite for chat models. The model has all that the suite knows but
 * images; the tests of models that lack something run with one whose options refuse it. Scripted
 * text stands in where a test asserts knowledge, see {@link KnownAnswers}. Not run, as they need a
 * model that sees images:
 *
 * <ul>
 *   <li>{@code should_accept_single_image_as_base64_encoded_string}
 *   <li>{@code should_accept_multiple_images_as_base64_encoded_strings}
 *   <li>{@code should_accept_single_image_as_public_URL}
 *   <li>{@code should_accept_multiple_images_as_public_URLs}
 * </ul>
 */
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
  protected void should_fail_if_tools_are_not_supported(ChatModel chat) {
    mustBeAnswered(() -> super.should_fail_if_tools_are_not_supported(chat));
  }

  @Override
  @ParameterizedTest
  @MethodSource("models")
  protected void should_fail_if_tool_choice_REQUIRED_is_not_supported(ChatModel chat) {
    mustBeAnswered(() -> super.should_fail_if_tool_choice_REQUIRED_is_not_supported(chat));
  }

  @Override
  @ParameterizedTest
  @MethodSource("models")
  protected void should_fail_if_JSON_response_format_is_not_supported(ChatModel chat) {
    mustBeAnswered(() -> super.should_fail_if_JSON_response_format_is_not_supported(chat));
  }

  @Override
  @ParameterizedTest
  @MethodSource("models")
  protected void should_fail_if_JSON_response_format_with_schema_is_not_supported(ChatModel chat) {
    mustBeAnswered(
        () -> super.should_fail_if_JSON_response_format_with_schema_is_not_supported(chat));
  }

  @Override
  @ParameterizedTest
  @MethodSource("models")
  protected void should_fail_if_stopSequences_parameter_is_not_supported(ChatModel chat) {
    mustBeAnswered(() -> super.should_fail_if_stopSequences_parameter_is_not_supported(chat));
  }

  @Override
  @ParameterizedTest
  @MethodSource("models")
  protected void should_fail_if_maxOutputTokens_parameter_is_not_supported(ChatModel chat) {
    mustBeAnswered(() -> super.should_fail_if_maxOutputTokens_parameter_is_not_supported(chat));
  }

  @Override
  @ParameterizedTest
  @MethodSource("models")
  protected void should_fail_if_modelName_is_not_supported(ChatModel chat) {
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
  protected Class<? extends ChatResponseMetadata> chatResponseMetadataType(ChatModel chat) {
    return LocalChatResponseMetadata.class;
  }

  @Override
  protected Class<? extends TokenUsage> tokenUsageType(ChatModel chat) {
    return LocalTokenUsage.class;
  }
}
