package dev.zhixing.samples.cli;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.exception.NonRetriableException;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.zhixing.agent.AgentBuilder;
import dev.zhixing.agent.Memory;
import dev.zhixing.agent.SessionKeeper;
import dev.zhixing.agent.TokenWindow;
import dev.zhixing.bridge.LocalBranchingModel;
import dev.zhixing.bridge.LocalOptionScorer;
import dev.zhixing.bridge.LocalSessionKeeper;
import dev.zhixing.chat.LocalChatModel;
import dev.zhixing.chat.LocalChatOptions;
import dev.zhixing.chat.LocalChatRequestParameters;
import dev.zhixing.engine.Model;
import dev.zhixing.models.EmbeddedModel;
import dev.zhixing.samples.remote.RemoteAddress;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Models that run in this process. Loading one takes longer than reading the command line, so it
 * begins before.
 */
final class LocalModels {

  private static final Set<String> AT_ONCE = Set.of("agent", "chat", "demo");

  private final Path cache;
  private final Map<ModelChoice, CompletableFuture<Loaded>> loading = new HashMap<>();

  private record Loaded(Model model, LocalChatModel local, StreamingChatModel chat) {}

  /** Keeps the embedded model's file, and what models read at their start, under {@code cache}. */
  LocalModels(Path cache) {
    this.cache = cache;
  }

  /** Begins to load the model that this command line will ask for, if it will ask for one. */
  void begin(String... arguments) {
    List<String> all = Arrays.asList(arguments);
    if (!all.isEmpty()
        && AT_ONCE.contains(all.getFirst())
        && !all.contains("--help")
        && !all.contains("-h")) {
      String named = named(all);
      if (named == null || !RemoteAddress.isOne(named)) {
        var _ = future(named == null ? null : Path.of(named));
      }
    }
  }

  private CompletableFuture<Loaded> begin(ModelChoice choice) {
    CompletableFuture<Loaded> future = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .name("model-loading")
        .start(
            () -> {
              try {
                future.complete(open(choice));
              } catch (Throwable e) { // told on the thread that wants the model
                future.completeExceptionally(e);
              }
            });
    return future;
  }

  private static @Nullable String named(List<String> arguments) {
    for (int i = 1; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if ((argument.equals("-m") || argument.equals("--model")) && i + 1 < arguments.size()) {
        return arguments.get(i + 1);
      }
      if (argument.startsWith("--model=") || argument.startsWith("-m=")) {
        return argument.substring(argument.indexOf('=') + 1);
      }
    }
    return null;
  }

  /**
   * The model of a file, or the embedded one for null. It is waited for only when it is first asked
   * something, so that the rest of an agent is made meanwhile; if it cannot be loaded, it is that
   * question which fails.
   */
  StreamingChatModel load(@Nullable Path gguf) {
    return new Awaited(choice(gguf).name(), future(gguf));
  }

  /**
   * The model with an empty cache of its own that nothing is kept of.
   *
   * @throws RuntimeException if it cannot be loaded; the message says why
   */
  StreamingChatModel fresh(@Nullable Path gguf) {
    return LocalChatModel.of(loaded(gguf).model()).streaming();
  }

  /**
   * A memory that keeps a conversation within half of what the model can read: the rest is left for
   * tools, results and the reply.
   */
  Memory window(@Nullable Path gguf) {
    CompletableFuture<Loaded> future = future(gguf);
    return new Memory() {
      @Override
      public List<ChatMessage> recall(String request, List<ChatMessage> history) {
        if (history.isEmpty() || future.isCompletedExceptionally()) {
          return history;
        }
        Loaded loaded = future.join();
        int context = loaded.model().config().contextLength();
        return new TokenWindow(loaded.local().tokenCountEstimator(), context / 2, context / 4)
            .recall(request, history);
      }
    };
  }

  /**
   * Forks and options on the model itself, and what it has read of runs in files; it is waited for
   * only when they are needed.
   */
  void addPorts(AgentBuilder builder, @Nullable Path gguf) {
    CompletableFuture<Loaded> future = future(gguf);
    builder
        .branching(
            (request, branches) ->
                new LocalBranchingModel(asked(future).local()).fork(request, branches))
        .options(
            (messages, options) ->
                new LocalOptionScorer(asked(future).local()).score(messages, options))
        .sessions(
            new SessionKeeper() {
              @Override
              public void keep(ChatRequest conversation, Path file, long mostBytes) {
                new LocalSessionKeeper(asked(future).local()).keep(conversation, file, mostBytes);
              }

              @Override
              public void bringBack(Path file) {
                new LocalSessionKeeper(asked(future).local()).bringBack(file);
              }
            });
  }

  /**
   * Waits until the model is loaded.
   *
   * @throws RuntimeException if it cannot be; the message says why
   */
  void await(@Nullable Path gguf) {
    loaded(gguf);
  }

  private Loaded loaded(@Nullable Path gguf) {
    try {
      return future(gguf).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException why ? why : e;
    }
  }

  /** For a model's question: how loading ended is kept, so to ask again would not help. */
  private static Loaded asked(CompletableFuture<Loaded> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      Throwable why = e.getCause() == null ? e : e.getCause();
      String what = Objects.requireNonNullElseGet(why.getMessage(), why::toString);
      throw new NonRetriableException(what, why);
    }
  }

  private synchronized CompletableFuture<Loaded> future(@Nullable Path gguf) {
    return loading.computeIfAbsent(choice(gguf), this::begin);
  }

  /** The same for the same file, however it is named. */
  private static ModelChoice choice(@Nullable Path gguf) {
    return gguf == null
        ? new ModelChoice.Embedded()
        : new ModelChoice.LocalFile(gguf.toAbsolutePath().normalize());
  }

  private Loaded open(ModelChoice choice) {
    Path file =
        choice instanceof ModelChoice.LocalFile(Path own)
            ? own
            : EmbeddedModel.tiny().extractTo(cache);
    Model model = Model.load(file);
    LocalChatOptions options =
        LocalChatOptions.builder().promptCache(cache).aliases(Set.of(choice.name())).build();
    LocalChatModel local = LocalChatModel.of(model, options);
    return new Loaded(model, local, local.streaming());
  }

  private record Awaited(String name, CompletableFuture<Loaded> future)
      implements StreamingChatModel {
    /** Only a name, of the kind that keeps what only local models know. */
    @Override
    public ChatRequestParameters defaultRequestParameters() {
      return LocalChatRequestParameters.builder().modelName(name).build();
    }

    @Override
    public Set<Capability> supportedCapabilities() {
      return Set.of(Capability.RESPONSE_FORMAT_JSON_SCHEMA);
    }

    @Override
    public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
      StreamingChatModel model;
      try {
        model = asked(future).chat();
      } catch (NonRetriableException e) {
        handler.onError(e);
        return;
      }
      model.doChat(request, handler);
    }
  }
}
