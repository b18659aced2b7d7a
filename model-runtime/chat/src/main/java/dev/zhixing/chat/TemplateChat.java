package dev.zhixing.chat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.zhixing.chat.format.TemplateFormat;
import dev.zhixing.chat.template.TemplateException;
import dev.zhixing.engine.Model;
import dev.zhixing.engine.Session;
import dev.zhixing.engine.grammar.Grammar;
import dev.zhixing.engine.grammar.Rule;
import dev.zhixing.engine.sampling.LogprobsSampler;
import dev.zhixing.engine.sampling.Sampler;
import dev.zhixing.engine.sampling.TokenLogprobs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Conversations of models that have a chat template, their own or a built-in one. */
final class TemplateChat implements Conversations {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<Map<String, Object>> TREE = new TypeReference<>() {};

  private final Model model;
  private final LocalChatOptions options;
  private final TemplateFormat format;
  private final ChatThreads threads;
  private final SessionShelf shelf;
  private final TurnRules rules;

  TemplateChat(Model model, LocalChatOptions options) {
    this.model = model;
    this.options = options;
    String own = options.chatTemplate();
    this.format =
        own != null
            ? TemplateFormat.of(own, model.tokenizer())
            : TemplateFormat.of(model.metadata(), model.tokenizer());
    this.threads = new ChatThreads(format);
    this.shelf = new SessionShelf(options.conversations(), model::newSession);
    this.rules = new TurnRules(format, model.tokenizer());
  }

  @Override
  public ChatResponse answer(ChatRequest request, TurnListener listener) {
    Wishes wishes = Wishes.of(request, model, options);
    List<Map<String, Object>> tools = tools(wishes.tools());
    ChatThreads.Prompt prompt;
    try {
      prompt = threads.prompt(request.messages(), tools, wishes.parameters().thinking());
    } catch (TemplateException e) {
      throw new InvalidRequestException(e.getMessage(), e);
    }
    int most = wishes.mostTokens(prompt.ids().length, model.config().contextLength());
    Session session = shelf.take(prompt.ids());
    try {
      int cached = session.length();
      int[] pending = Arrays.copyOfRange(prompt.ids(), cached, prompt.ids().length);
      boolean isThinking = isThinking(prompt);
      List<TokenLogprobs> logprobs = new ArrayList<>();
      TurnReader reader =
          new TurnReader(
              format.shape(),
              !wishes.callable().isEmpty(),
              format.thinking(),
              isThinking,
              wishes.stops(),
              listener);
      TemplateTurn turn =
          new TemplateTurnWriter(session, model.tokenizer(), format, reader, listener)
              .write(pending, sampler(wishes, logprobs), grammar(wishes, isThinking), most);
      AiMessage message = message(turn);
      String divergence = threads.remember(prompt, message, turn);
      return ChatResponse.builder()
          .aiMessage(message)
          .metadata(metadata(wishes, turn, prompt.ids().length, cached, logprobs, divergence))
          .build();
    } finally {
      shelf.giveBack(session);
    }
  }

  private boolean isThinking(ChatThreads.Prompt prompt) {
    return format.thinking() != null
        && prompt.text().text().stripTrailing().endsWith(format.thinking().open());
  }

  private Sampler sampler(Wishes wishes, List<TokenLogprobs> logprobs) {
    Sampler sampler = options.sampling().apply(wishes.sampling());
    Integer rivals = wishes.parameters().topLogprobs();
    return rivals == null ? sampler : new LogprobsSampler(sampler, rivals, logprobs::add);
  }

  private @Nullable Grammar grammar(Wishes wishes, boolean isThinking) {
    Rule own = wishes.parameters().grammar();
    if (own != null) {
      return rules.of(own, isThinking);
    }
    return wishes.callable().isEmpty() && wishes.json() == null
        ? null
        : rules.of(
            new TurnRules.Kind(wishes.callable(), wishes.mustCall(), wishes.json(), isThinking));
  }

  private static List<Map<String, Object>> tools(List<ToolSpecification> tools) {
    List<Map<String, Object>> all = new ArrayList<>();
    for (ToolSpecification tool : tools) {
      Map<String, Object> function = new LinkedHashMap<>();
      function.put("name", tool.name());
      function.put("description", tool.description() == null ? "" : tool.description());
      function.put("parameters", JSON.convertValue(JsonSchemas.parameters(tool), TREE));
      Map<String, Object> whole = new LinkedHashMap<>();
      whole.put("type", "function");
      whole.put("function", function);
      all.add(whole);
    }
    return all;
  }

  private static AiMessage message(TemplateTurn turn) {
    AiMessage.Builder message =
        AiMessage.builder().attributes(Map.of(TurnArchive.KEY, UUID.randomUUID().toString()));
    if (!turn.text().isEmpty()) {
      message.text(turn.text());
    }
    if (!turn.thoughts().isEmpty()) {
      message.thinking(turn.thoughts());
    }
    if (!turn.calls().isEmpty()) {
      message.toolExecutionRequests(turn.calls());
    }
    return message.build();
  }

  private static LocalChatResponseMetadata metadata(
      Wishes wishes,
      TemplateTurn turn,
      int prompt,
      int cached,
      List<TokenLogprobs> logprobs,
      @Nullable String divergence) {
    FinishReason reason =
        turn.end() == TemplateTurn.End.LIMIT
            ? FinishReason.LENGTH
            : turn.calls().isEmpty() ? FinishReason.STOP : FinishReason.TOOL_EXECUTION;
    return LocalChatResponseMetadata.local()
        .id(UUID.randomUUID().toString())
        .modelName(wishes.modelName())
        .tokenUsage(
            new LocalTokenUsage(
                prompt,
                turn.ids().length,
                cached,
                turn.counts().proposed(),
                turn.counts().accepted(),
                turn.counts().forced()))
        .finishReason(reason)
        .times(turn.prefill(), turn.decode())
        .logprobs(logprobs)
        .divergence(divergence)
        .build();
  }

  @Override
  public void close() {
    shelf.close();
  }
}
