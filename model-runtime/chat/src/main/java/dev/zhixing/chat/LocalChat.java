package dev.zhixing.chat;

import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.zhixing.chat.format.TemplateFormat;
import dev.zhixing.chat.format.Thinking;
import dev.zhixing.chat.format.TurnFormat;
import dev.zhixing.engine.Model;
import dev.zhixing.engine.PoolCounts;
import dev.zhixing.engine.PoolFullException;
import dev.zhixing.engine.PoolOptions;
import dev.zhixing.engine.Restoration;
import dev.zhixing.engine.Session;
import dev.zhixing.engine.SessionLease;
import dev.zhixing.engine.SessionPool;
import dev.zhixing.engine.decoding.Branches;
import dev.zhixing.engine.decoding.DecodingOptions;
import dev.zhixing.engine.grammar.Grammar;
import dev.zhixing.engine.grammar.Rule;
import dev.zhixing.engine.sampling.Sampler;
import dev.zhixing.engine.sampling.TokenLogprobs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Conversations with a local model, behind both chat models: a request's tokens, a session that has
 * as many of them as any conversation before, the turn that the model writes. Safe for all threads;
 * several requests are answered at once.
 */
final class LocalChat implements AutoCloseable {
  /** Tokens of an answer for which memory is set aside. */
  private static final int ROOM = 512;

  private final Model model;
  private final LocalChatOptions options;
  private final Transcripts transcripts;
  private final SessionPool pool;
  private final PromptCache promptCache;
  private final SavedConversations saved;
  private final TurnRules rules;
  private final int contextLength;

  /**
   * @throws IllegalArgumentException if the model's conversation format is not known
   */
  LocalChat(Model model, LocalChatOptions options) {
    this.model = model;
    this.options = options;
    this.transcripts = transcripts(model, options);
    this.pool =
        new SessionPool(
            model, new PoolOptions(options.sessions(), options.memory(), ROOM, options.patience()));
    this.promptCache = new PromptCache(options.promptCache());
    this.saved = new SavedConversations(pool, transcripts.template());
    this.rules = new TurnRules(transcripts.format(), model.tokenizer());
    int sessionLength = options.sessions().contextLength();
    this.contextLength = sessionLength == 0 ? model.config().contextLength() : sessionLength;
  }

  private static Transcripts transcripts(Model model, LocalChatOptions options) {
    String template = options.chatTemplate();
    if (template != null) {
      TemplateFormat format = TemplateFormat.of(template, model.tokenizer());
      return new TemplateTranscripts(format, model.tokenizer());
    }
    String name = model.metadata().string(ConversationFormat.METADATA_KEY, "");
    if (name.equals(ConversationFormat.NAME)) {
      return new OwnTranscripts(model.tokenizer());
    }
    if (!name.isEmpty()) {
      throw new IllegalArgumentException(
          "model: expected the conversation format %s in %s, found %s; use a model made by zhixing train, or one with a chat template"
              .formatted(ConversationFormat.NAME, ConversationFormat.METADATA_KEY, name));
    }
    TemplateFormat format = TemplateFormat.of(model.metadata(), model.tokenizer());
    return new TemplateTranscripts(format, model.tokenizer());
  }

  /**
   * A request that was checked and rendered.
   *
   * @param sampler of its own, which tells {@code logprobs} how likely tokens were if that is asked
   *     for
   * @param most tokens of the answer
   */
  record Task(
      Wishes wishes,
      Prompt prompt,
      TurnRules.Grammars grammars,
      Sampler sampler,
      List<TokenLogprobs> logprobs,
      int most) {}

  /** Answers a request once; the listener hears of it meanwhile. */
  ChatResponse answer(Task task, TurnListener listener) {
    try (SessionLease lease = take(task.wishes(), task.prompt(), task.most())) {
      Session session = lease.session();
      Reuse reuse = begin(lease, task.prompt());
      TurnBuilder turn = new TurnBuilder(model.tokenizer(), format(), reader(task, listener));
      Turn written =
          new TurnWriter(session, model.tokenizer(), turn, listener, decoding(options.lookups()))
              .write(task.prompt(), task.sampler(), task.grammars(), task.most());
      end(session, task.prompt(), reuse);
      return response(task, written, reuse);
    }
  }

  /**
   * Continues a request in several ways, which differ by their seeds. What the continuations have
   * in common is computed once. An interrupt of the thread ends them early.
   *
   * @param branches 1 or more
   */
  List<ChatResponse> fork(ChatRequest request, int branches) {
    Task whole = task(request);
    Prompt prompt = whole.prompt();
    List<Task> tasks = new ArrayList<>();
    List<Branches.Branch> ways = new ArrayList<>();
    List<TurnBuilder> turns = new ArrayList<>();
    for (int i = 0; i < branches; i++) {
      Task task = task(whole.wishes().forBranch(i), prompt);
      tasks.add(task);
      ways.add(way(task));
      TurnReader reader = reader(task, new TurnListener() {});
      turns.add(new TurnBuilder(model.tokenizer(), format(), reader));
    }
    List<ChatResponse> responses = new ArrayList<>();
    try (SessionLease lease = take(whole.wishes(), prompt, whole.most())) {
      Session session = lease.session();
      Reuse reuse = begin(lease, prompt);
      new TurnFork(turns, whole.grammars().fit(whole.most()) ? whole.most() : 0)
          .write(
              model,
              session,
              rest(prompt, session),
              ways,
              decoding(false),
              (branch, turn, own) -> {
                lease.keep(own);
                Reuse here = branch == 0 ? reuse : reuse.whole();
                responses.add(response(tasks.get(branch), turn, here));
              });
      end(session, prompt, reuse);
    }
    return responses;
  }

  private static Branches.Branch way(Task task) {
    Grammar whole = task.grammars().whole();
    Grammar calls = task.grammars().calls();
    return new Branches.Branch(
        task.sampler(),
        whole == null ? null : whole.start(),
        calls == null ? null : new Branches.Trigger(task.grammars().trigger(), calls::start),
        task.most());
  }

  /** The probabilities of whole replies to a request, among themselves. */
  LocalProbabilities probabilities(ChatRequest request, List<String> replies) {
    Wishes wishes = Wishes.of(request, model, options).withoutThinking();
    Prompt prompt = transcripts.prompt(wishes, request.messages());
    List<int[]> ids = new ArrayList<>();
    int longest = 0;
    int all = prompt.ids().length;
    for (String reply : replies) {
      int[] own = reply(reply, prompt.isThinking());
      ids.add(own);
      longest = Math.max(longest, own.length);
      all += own.length;
    }
    wishes.mostTokens(prompt.ids().length + longest, contextLength);
    try (SessionLease lease = take(wishes, prompt, longest)) {
      Session session = lease.session();
      Reuse reuse = begin(lease, prompt);
      float[] logits = session.append(rest(prompt, session)).clone();
      end(session, prompt, reuse);
      return new LocalProbabilities(
          ReplyScores.of(model, session, logits, ids),
          new LocalTokenUsage(all, 0, reuse.cached(), 0, 0, 0));
    }
  }

  /** A whole reply, behind a thinking section that is closed at once. */
  private int[] reply(String text, boolean isThinking) {
    TokenBuffer ids = new TokenBuffer();
    Thinking thinking = format().thinking();
    if (isThinking && thinking != null) {
      ids.add(model.tokenizer().encodeTrusted("\n" + thinking.close() + "\n\n"));
    }
    return ids.add(model.tokenizer().encode(text)).add(format().ends()[0]).toArray();
  }

  /** How many tokens a request has, the cue included. */
  int count(ChatRequest request) {
    ChatRequest whole =
        request.toBuilder()
            .parameters(options.defaults().overrideWith(request.parameters()))
            .build();
    return transcripts.prompt(Wishes.of(whole, model, options), whole.messages()).ids().length;
  }

  /**
   * Checks and renders a request.
   *
   * @throws dev.langchain4j.exception.LangChain4jException if it can't be honoured; nothing has
   *     begun then
   */
  Task task(ChatRequest request) {
    Wishes wishes = Wishes.of(request, model, options);
    return task(wishes, transcripts.prompt(wishes, request.messages()));
  }

  private Task task(Wishes wishes, Prompt prompt) {
    int most = wishes.mostTokens(prompt.ids().length, contextLength);
    TurnRules.Grammars grammars = grammars(wishes, prompt.isThinking());
    List<TokenLogprobs> logprobs = new ArrayList<>();
    Sampler sampler =
        TurnSamplers.of(wishes, format(), options.sampling(), logprobs, grammars, most);
    return new Task(wishes, prompt, grammars, sampler, logprobs, most);
  }

  /** Takes a session for a request and so many tokens behind it. */
  private SessionLease take(Wishes wishes, Prompt prompt, int most) {
    try {
      return pool.take(wishes.session(), Math.min(most, ROOM), prompt.ids());
    } catch (PoolFullException e) {
      throw e.fitsLater()
          ? new RateLimitException(e.getMessage(), e)
          : new InvalidRequestException(e.getMessage(), e);
    }
  }

  /** Takes the opening from the folder, if it is there only; how much of a request is known. */
  private Reuse begin(SessionLease lease, Prompt prompt) {
    if (lease.reused() < prompt.opening()) {
      promptCache.restore(lease.session(), opening(prompt));
    }
    return Reuse.of(lease, prompt);
  }

  /** Keeps an opening that was not known. */
  private void end(Session session, Prompt prompt, Reuse reuse) {
    if (reuse.cached() < prompt.opening()) {
      promptCache.save(session, opening(prompt));
    }
  }

  private static int[] opening(Prompt prompt) {
    return Arrays.copyOf(prompt.ids(), prompt.opening());
  }

  private static int[] rest(Prompt prompt, Session session) {
    return Arrays.copyOfRange(prompt.ids(), session.length(), prompt.ids().length);
  }

  private TurnFormat format() {
    return transcripts.format();
  }

  private TurnReader reader(Task task, TurnListener listener) {
    boolean mayCall = !task.wishes().callable().isEmpty();
    return new TurnReader(
        format(), mayCall, task.prompt().isThinking(), task.wishes().stops(), listener);
  }

  private DecodingOptions decoding(boolean lookups) {
    Integer[] stops = Arrays.stream(format().ends()).boxed().toArray(Integer[]::new);
    return lookups ? DecodingOptions.lookedUp(stops) : DecodingOptions.drafted(stops);
  }

  private static ChatResponse response(Task task, Turn turn, Reuse reuse) {
    Prompt.Kept kept = task.prompt().remember(Responses.message(turn, reuse), turn);
    String name = task.wishes().modelName();
    return Responses.of(kept, turn, name, reuse, task.logprobs());
  }

  private TurnRules.Grammars grammars(Wishes wishes, boolean isThinking) {
    Rule own = wishes.parameters().grammar();
    TurnRules.Kind kind =
        new TurnRules.Kind(wishes.callable(), wishes.mustCall(), wishes.json(), isThinking);
    try {
      return own == null ? rules.of(kind) : rules.of(own, isThinking);
    } catch (IllegalArgumentException e) {
      throw new InvalidRequestException(e.getMessage(), e);
    }
  }

  /**
   * Keeps a conversation's beginning in a file, see {@link LocalChatModel#save}.
   *
   * @param request everything that was said
   */
  int save(ChatRequest request, Path file, long mostBytes) {
    int[] ids = transcripts.prompt(Wishes.of(request, model, options), request.messages()).ids();
    return saved.save(file, mostBytes, ids);
  }

  /** Takes a conversation's beginning from a file, see {@link LocalChatModel#restore}. */
  Restoration restore(Path file) {
    return saved.restore(file);
  }

  /** What the conversations hold. */
  PoolCounts counts() {
    return pool.counts();
  }

  /** Forgets all conversations. */
  @Override
  public void close() {
    pool.close();
  }
}
