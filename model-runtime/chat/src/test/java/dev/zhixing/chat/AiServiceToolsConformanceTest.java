package dev.zhixing.chat;

import dev.langchain4j.data.image.Image;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.service.common.AbstractAiServiceWithToolsIT;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;

/**
 * LangChain4j's conformance suite for services with tools, see {@link KnownCalls}. Not run, as they
 * need a model that sees images:
 *
 * <ul>
 *   <li>{@code should_execute_tool_returning_Image}
 *   <li>{@code should_execute_tool_returning_ImageContent}
 *   <li>{@code should_execute_tool_returning_ContentList}
 * </ul>
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AiServiceToolsConformanceTest extends AbstractAiServiceWithToolsIT {

  private final ScriptedChat chats = KnownCalls.chats();
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
  protected boolean supportsRecursion() {
    return true;
  }

  @Override
  protected boolean supportsMapParameters() {
    return true;
  }

  @Override
  protected boolean supportsMultimodalToolResults() {
    return false;
  }

  @Override
  protected Image catImage() {
    return Image.builder().base64Data("AAAA").mimeType("image/png").build();
  }
}
