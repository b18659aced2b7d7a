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
import dev.zhixing.chat.format.Thinking;
import dev.zhixing.chat.template.TemplateException;
import dev.zhixing.engine.Model;
import dev.zhixing.engine.Session;
import dev.zhixing.engine.decoding.Branches;
import dev.zhixing.engine.decoding.DecodingOptions;
import dev.zhixing.engine.grammar.Grammar;
import dev.zhixing.engine.grammar.Rule;
import dev.zhixing.engine.sampling.LogprobsSampler;
import dev.zhixing.engine.sampling.Sampler;
import dev.zhixing.engine.sampling.TokenLogprobs;
import java.time.Duration;
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
    ChatThreads.Prompt prompt = prompt(request, wishes, wishes.parameters().thinking());
    int most = wishes.mostTokens(prompt.ids().length, model.config().contextLength());
    Session session = shelf.take(prompt.ids());
    try {
      int cached = session.length();
      int[] pending = Arrays.copyOfRange(prompt.ids(), cached, prompt.ids().length);
      boolean isThinking = isThinking(prompt);
      List<TokenLogprobs> logprobs = new ArrayList<>();
      TurnReader reader = reader(wishes, isThinking, listener);
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

  @Override
  public List<ChatResponse> fork(ChatRequest request, int branches) {
    Wishes wishes = Wishes.of(request, model, options);
    ChatThreads.Prompt prompt = prompt(request, wishes, wishes.parameters().thinking());
    int most = wishes.mostTokens(prompt.ids().length, model.config().contextLength());
    boolean isThinking = isThinking(prompt);
    Grammar grammar = grammar(wishes, isThinking);
    List<Branches.Branch> ways = new ArrayList<>();
    List<TemplateTurnWriter> writers = new ArrayList<>();
    Session session = shelf.take(prompt.ids());
    try {
      for (int i = 0; i < branches; i++) {
        Sampler sampler = options.sampling().apply(wishes.forBranch(i).sampling());
        ways.add(
            new Branches.Branch(
                TemplateTurnWriter.masked(sampler, format, grammar),
                grammar == null ? null : grammar.start()));
        TurnListener nobody = new TurnListener() {};
        TurnReader reader = reader(wishes, isThinking, nobody);
        writers.add(new TemplateTurnWriter(session, model.tokenizer(), format, reader, nobody));
      }
      return forked(wishes, prompt, session, ways, new TurnFork(writers, most));
    } finally {
      shelf.giveBack(session);
    }
  }

  private List<ChatResponse> forked(
      Wishes wishes,
      ChatThreads.Prompt prompt,
      Session session,
      List<Branches.Branch> ways,
      TurnFork fork) {
    long started = System.nanoTime();
    int length = prompt.ids().length;
    int cached = session.length();
    float[] logits = session.append(Arrays.copyOfRange(prompt.ids(), cached, length)).clone();
    Duration prefill = Duration.ofNanos(System.nanoTime() - started);
    Integer[] stops = Arrays.stream(format.ends()).boxed().toArray(Integer[]::new);
    List<ChatResponse> responses = new ArrayList<>();
    List<Session> kept = new ArrayList<>();
    fork.write(
        model,
        session,
        logits,
        ways,
        DecodingOptions.drafted(stops),
        prefill,
        (branch, turn, own) -> {
          int here = branch == 0 ? cached : length; // the others found all of it
          AiMessage message = counted(message(turn), length, here);
          String divergence = threads.remember(prompt, message, turn);
          kept.add(own.fork());
          responses.add(
              ChatResponse.builder()
                  .aiMessage(message)
                  .metadata(metadata(wishes, turn, length, here, List.of(), divergence))
                  .build());
        });
    shelf.keep(kept);
    return responses;
  }

  private static AiMessage counted(AiMessage message, int prompt, int cached) {
    Map<String, Object> attributes = new LinkedHashMap<>(message.attributes());
    attributes.put("zhixing.prefilled_tokens", prompt - cached);
    attributes.put("zhixing.cached_tokens", cached);
    return message.toBuilder().attributes(attributes).build();
  }

  @Override
  public LocalProbabilities probabilities(ChatRequest request, List<String> replies) {
    Wishes wishes = Wishes.of(request, model, options);
    ChatThreads.Prompt prompt = prompt(request, wishes, false);
    List<int[]> ids = new ArrayList<>();
    for (String reply : replies) {
      ids.add(reply(reply, isThinking(prompt)));
    }
    int all = prompt.ids().length + ids.stream().mapToInt(reply -> reply.length).sum();
    Session session = shelf.take(prompt.ids());
    try {
      int cached = session.length();
      float[] logits =
          session.append(Arrays.copyOfRange(prompt.ids(), cached, prompt.ids().length)).clone();
      return new LocalProbabilities(
          ReplyScores.of(model, session, logits, ids),
          new LocalTokenUsage(all, 0, cached, 0, 0, 0));
    } finally {
      shelf.giveBack(session);
    }
  }

  /** A whole reply, behind a thinking section that is closed at once. */
  private int[] reply(String text, boolean isThinking) {
    TokenBuffer ids = new TokenBuffer();
    Thinking thinking = format.thinking();
    if (isThinking && thinking != null) {
      ids.add(model.tokenizer().encodeTrusted("\n" + thinking.close() + "\n\n"));
    }
    return ids.add(model.tokenizer().encode(text)).add(format.ends()[0]).toArray();
  }

  private ChatThreads.Prompt prompt(ChatRequest request, Wishes wishes, @Nullable Boolean thinks) {
    try {
      return threads.prompt(request.messages(), tools(wishes.tools()), thinks);
    } catch (TemplateException e) {
      throw new InvalidRequestException(e.getMessage(), e);
    }
  }

  private TurnReader reader(Wishes wishes, boolean isThinking, TurnListener listener) {
    return new TurnReader(
        format.shape(),
        !wishes.callable().isEmpty(),
        format.thinking(),
        isThinking,
        wishes.stops(),
        listener);
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
