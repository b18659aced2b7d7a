package dev.zhixing.chat;

import dev.langchain4j.data.image.Image;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.service.common.AbstractAiServiceWithToolsIT;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;

/** LangChain4j's conformance suite for services with tools. */
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
