package dev.zhixing.chat;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import dev.zhixing.engine.Model;
import dev.zhixing.engine.grammar.Grammar;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Conversations in the format {@code zhixing-1}: finds the transcript that a request continues,
 * reads what is new, writes the turn.
 */
final class LocalChat implements Conversations {

  private final Model model;
  private final ConversationFormat format;
  private final TranscriptPool pool;
  private final TurnArchive archive = new TurnArchive();
  private final ToolGrammars grammars;
  private final LocalChatOptions options;

  /**
   * @param promptCache where openings are kept for other processes
   */
  LocalChat(Model model, LocalChatOptions options, PromptCache promptCache) {
    this.model = model;
    this.options = options;
    this.format = formatOf(model);
    this.pool =
        new TranscriptPool(
            options.conversations(),
            () -> new Transcript(model.newSession(), format, archive, promptCache));
    this.grammars = new ToolGrammars(model.tokenizer());
  }

  private static ConversationFormat formatOf(Model model) {
    String name = model.metadata().string(ConversationFormat.METADATA_KEY, "none");
    if (!name.equals(ConversationFormat.NAME)) {
      throw new IllegalArgumentException(
          "model: expected the conversation format %s in %s, found %s; other formats can't be read yet, use a model made by zhixing train"
              .formatted(ConversationFormat.NAME, ConversationFormat.METADATA_KEY, name));
    }
    return new ConversationFormat(model.tokenizer());
  }

  @Override
  public ChatResponse answer(ChatRequest request, TurnListener listener) {
    Wishes wishes = Wishes.of(request, model, options);
    refuseUnsupported(wishes);
    List<ToolSpecification> tools = wishes.tools();
    List<ToolSpecification> offered = wishes.callable();
    Transcript transcript = pool.take(tools, request.messages());
    try {
      int prompt = transcript.extendTo(tools, request.messages());
      int[] pending = transcript.pending();
      TurnLimits limits = limits(wishes, prompt, !offered.isEmpty());
      Grammar calls = offered.isEmpty() ? null : grammars.calls(offered);
      Turn turn =
          new TurnWriter(
                  transcript.session(),
                  model.tokenizer(),
                  format,
                  options.sampling().apply(wishes.sampling()),
                  limits,
                  calls,
                  listener)
              .write(pending);
      ChatResponse response = response(turn, prompt, pending.length);
      archive.store(key(response.aiMessage()), response.aiMessage(), turn.ids());
      transcript.append(response.aiMessage(), turn.ids());
      transcript.keepOpening();
      return response;
    } finally {
      pool.giveBack(transcript);
    }
  }

  /** One after the other: only the assistant's cue is read again. */
  @Override
  public List<ChatResponse> fork(ChatRequest request, int branches) {
    List<ChatResponse> responses = new ArrayList<>();
    TurnListener untilInterrupted =
        new TurnListener() {
          @Override
          public boolean isCancelled() {
            return Thread.currentThread().isInterrupted();
          }
        };
    for (int i = 0; i < branches; i++) {
      Wishes wishes = Wishes.of(request, model, options).forBranch(i);
      ChatRequest own =
          ChatRequest.builder()
              .messages(request.messages())
              .parameters(wishes.parameters())
              .build();
      responses.add(answer(own, untilInterrupted));
    }
    return responses;
  }

  @Override
  public LocalProbabilities probabilities(ChatRequest request, List<String> replies) {
    Wishes wishes = Wishes.of(request, model, options);
    List<int[]> ids = replies.stream().map(reply -> format.reply(AiMessage.from(reply))).toList();
    Transcript transcript = pool.take(wishes.tools(), request.messages());
    try {
      int prompt = transcript.extendTo(wishes.tools(), request.messages());
      int[] pending = transcript.pending();
      float[] logits = transcript.session().append(pending).clone();
      int all = prompt + ids.stream().mapToInt(reply -> reply.length).sum();
      return new LocalProbabilities(
          ReplyScores.of(model, transcript.session(), logits, ids),
          new LocalTokenUsage(all, 0, prompt - pending.length, 0, 0, 0));
    } finally {
      pool.giveBack(transcript);
    }
  }

  private TurnLimits limits(Wishes wishes, int prompt, boolean tools) {
    int most = wishes.mostTokens(prompt, model.config().contextLength());
    ResponseFormat json = wishes.json();
    return new TurnLimits(
        most, tools, wishes.mustCall() && tools, json == null ? null : answerGrammar(json));
  }

  private Grammar answerGrammar(ResponseFormat wanted) {
    return wanted.jsonSchema() == null
        ? grammars.anyJson()
        : grammars.json(wanted.jsonSchema().rootElement());
  }

  private static void refuseUnsupported(Wishes wishes) {
    if (!wishes.stops().isEmpty()) {
      throw new UnsupportedFeatureException(
          "stopSequences: not supported by models of the format " + ConversationFormat.NAME);
    }
    if (wishes.parameters().grammar() != null || wishes.parameters().topLogprobs() != null) {
      throw new UnsupportedFeatureException(
          "grammar and logprobs: not supported by models of the format " + ConversationFormat.NAME);
    }
  }

  private static ChatResponse response(Turn turn, int prompt, int prefilled) {
    AiMessage.Builder message =
        AiMessage.builder()
            .attributes(
                Map.of(
                    TurnArchive.KEY,
                    UUID.randomUUID().toString(),
                    "zhixing.prefilled_tokens",
                    prefilled,
                    "zhixing.cached_tokens",
                    prompt - prefilled,
                    "zhixing.forced_tokens",
                    turn.forcedTokens()));
    if (!turn.text().isEmpty()) {
      message.text(turn.text());
    }
    if (!turn.calls().isEmpty()) {
      message.toolExecutionRequests(turn.calls());
    }
    FinishReason reason =
        !turn.finished()
            ? FinishReason.LENGTH
            : turn.calls().isEmpty() ? FinishReason.STOP : FinishReason.TOOL_EXECUTION;
    return ChatResponse.builder()
        .aiMessage(message.build())
        .tokenUsage(new TokenUsage(prompt, turn.ids().length))
        .finishReason(reason)
        .build();
  }

  private static String key(AiMessage message) {
    return String.valueOf(message.attributes().get(TurnArchive.KEY));
  }

  @Override
  public void close() {
    pool.close();
  }
}
