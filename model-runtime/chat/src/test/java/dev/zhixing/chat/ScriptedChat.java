package dev.zhixing.chat;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.listener.ChatModelRequestContext;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.DefaultChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.zhixing.engine.Model;
import dev.zhixing.engine.sampling.Sampler;
import dev.zhixing.engine.sampling.SamplingOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A small model with random weights and a template like ChatML, whose sampler proposes scripted
 * text where a test asserts knowledge. All else is real: template, grammar, parser, session.
 */
final class ScriptedChat implements AutoCloseable {
  static final String NAME = "scripted";
  static final String ALIAS = "scripted-latest";

  private final Model model;
  private final List<LocalChatModel> chats = new ArrayList<>();

  /** Turns by what the user's latest message holds; those after calls follow in order. */
  private final Map<String, List<String>> scripts = new LinkedHashMap<>();

  ScriptedChat() {
    Path folder;
    try {
      folder = Files.createTempDirectory("scripted");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    folder.toFile().deleteOnExit();
    folder.resolve("random.gguf").toFile().deleteOnExit();
    model = Model.load(RandomChatModel.withTemplate(folder, "", "<|im_end|>", "<|im_start|>"), 1);
  }

  ScriptedChat script(String user, String... turns) {
    scripts.put(user, List.of(turns));
    return this;
  }

  static String call(String... namesAndArguments) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < namesAndArguments.length; i += 2) {
      text.append(i == 0 ? "" : "\n")
          .append("<tool_call>\n{\"name\": \"")
          .append(namesAndArguments[i])
          .append("\", \"arguments\": ")
          .append(namesAndArguments[i + 1])
          .append("}\n</tool_call>");
    }
    return text.toString();
  }

  LocalChatModel chat() {
    return chat(DefaultChatRequestParameters.EMPTY);
  }

  LocalChatModel chat(ChatRequestParameters defaults) {
    return chat(defaults, List.of());
  }

  LocalChatModel chat(ChatModelListener listener) {
    return chat(DefaultChatRequestParameters.EMPTY, List.of(listener));
  }

  /** A model whose listener hears each request just before the sampler is made for it. */
  private LocalChatModel chat(ChatRequestParameters defaults, List<ChatModelListener> others) {
    List<ChatModelListener> listeners = new ArrayList<>(others);
    Director director = new Director();
    listeners.add(director);
    LocalChatModel chat =
        LocalChatModel.of(
            model,
            LocalChatOptions.builder()
                .modelName(NAME)
                .aliases(Set.of(ALIAS))
                .defaults(defaults)
                .listeners(listeners)
                .sampling(director::sampler)
                .build());
    chats.add(chat);
    return chat;
  }

  private final class Director implements ChatModelListener {
    private final ThreadLocal<String> turn = new ThreadLocal<>();

    @Override
    public void onRequest(ChatModelRequestContext context) {
      turn.set(turn(context.chatRequest()));
    }

    private Sampler sampler(SamplingOptions options) {
      String text = turn.get();
      return text.isEmpty()
          ? options.sampler()
          : ScriptedSampler.of(model.tokenizer(), text + "<|im_end|>");
    }
  }

  /** JUnit closes the arguments of its tests where they can be closed; this one can't. */
  record Open(ChatModel inner) implements ChatModel {
    @Override
    public ChatResponse doChat(ChatRequest request) {
      return inner.doChat(request);
    }

    @Override
    public ChatRequestParameters defaultRequestParameters() {
      return inner.defaultRequestParameters();
    }

    @Override
    public List<ChatModelListener> listeners() {
      return inner.listeners();
    }

    @Override
    public Set<Capability> supportedCapabilities() {
      return inner.supportedCapabilities();
    }
  }

  private String turn(ChatRequest request) {
    String user = "";
    int answered = 0;
    for (ChatMessage message : request.messages()) {
      if (message instanceof UserMessage said) {
        user = said.hasSingleText() ? said.singleText() : "";
        answered = 0;
      } else if (message instanceof AiMessage) {
        answered++;
      }
    }
    String asked = user + request.responseFormat() + request.toolSpecifications();
    for (Map.Entry<String, List<String>> script : scripts.entrySet()) {
      boolean fits = true;
      for (String part : script.getKey().split(" && ", -1)) {
        fits &= asked.contains(part);
      }
      if (fits && answered < script.getValue().size()) {
        return script.getValue().get(answered);
      }
    }
    return "";
  }

  @Override
  public void close() {
    chats.forEach(LocalChatModel::close);
    model.close();
  }
}
