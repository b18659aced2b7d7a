package dev.zhixing.chat;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.service.common.AbstractAiServiceWithJsonSchemaIT;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;

/**
 * LangChain4j's conformance suite for services with JSON schemas, see {@link KnownDocuments}: all
 * of it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AiServiceJsonConformanceTest extends AbstractAiServiceWithJsonSchemaIT {

  private final ScriptedChat chats = KnownDocuments.chats();
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
}
