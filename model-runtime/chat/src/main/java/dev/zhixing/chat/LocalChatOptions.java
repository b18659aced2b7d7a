package dev.zhixing.chat;

import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.DefaultChatRequestParameters;
import dev.zhixing.engine.SessionOptions;
import dev.zhixing.engine.sampling.Sampler;
import dev.zhixing.engine.sampling.SamplingOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How a chat model behaves. Immutable. */
public final class LocalChatOptions {
  private final @Nullable String modelName;
  private final Set<String> aliases;
  private final ChatRequestParameters defaults;
  private final List<ChatModelListener> listeners;
  private final long memory;
  private final Duration patience;
  private final SessionOptions sessions;
  private final boolean lookups;
  private final @Nullable Path promptCache;
  private final @Nullable String chatTemplate;
  private final Function<SamplingOptions, Sampler> sampling;

  private LocalChatOptions(Builder builder) {
    modelName = builder.modelName;
    aliases = Set.copyOf(builder.aliases);
    defaults = builder.defaults;
    listeners = List.copyOf(builder.listeners);
    memory = builder.memory;
    patience = builder.patience;
    sessions = builder.sessions;
    lookups = builder.lookups;
    promptCache = builder.promptCache;
    chatTemplate = builder.chatTemplate;
    sampling = builder.sampling;
  }

  /** What nobody has to say more about. */
  public static LocalChatOptions standard() {
    return builder().build();
  }

  /** Starts with the standard options. */
  public static Builder builder() {
    return new Builder();
  }

  @Nullable String modelName() {
    return modelName;
  }

  Set<String> aliases() {
    return aliases;
  }

  ChatRequestParameters defaults() {
    return defaults;
  }

  List<ChatModelListener> listeners() {
    return listeners;
  }

  long memory() {
    return memory;
  }

  Duration patience() {
    return patience;
  }

  SessionOptions sessions() {
    return sessions;
  }

  boolean lookups() {
    return lookups;
  }

  @Nullable Path promptCache() {
    return promptCache;
  }

  @Nullable String chatTemplate() {
    return chatTemplate;
  }

  Function<SamplingOptions, Sampler> sampling() {
    return sampling;
  }

  /** Collects options. */
  public static final class Builder {
    private @Nullable String modelName;
    private Set<String> aliases = Set.of();
    private ChatRequestParameters defaults = DefaultChatRequestParameters.EMPTY;
    private List<ChatModelListener> listeners = List.of();
    private long memory = Runtime.getRuntime().maxMemory() / 2;
    private Duration patience = Duration.ofMinutes(2);
    private SessionOptions sessions = SessionOptions.standard();
    private boolean lookups = true;
    private @Nullable Path promptCache;
    private @Nullable String chatTemplate;
    private Function<SamplingOptions, Sampler> sampling = SamplingOptions::sampler;

    private Builder() {}

    /** What responses call the model; without it, the file's {@code general.name}. */
    public Builder modelName(@Nullable String value) {
      modelName = value;
      return this;
    }

    /**
     * Further names by which requests may ask for the model; a response tells the name that was
     * asked for. A request for any other model is refused.
     */
    public Builder aliases(Set<String> value) {
      aliases = value;
      return this;
    }

    /** Parameters of requests that don't say otherwise. */
    public Builder defaults(ChatRequestParameters value) {
      defaults = value;
      return this;
    }

    /** Who hears of requests and responses. */
    public Builder listeners(List<ChatModelListener> value) {
      listeners = value;
      return this;
    }

    /**
     * How much memory the keys and values of all conversations may take, those that are kept for
     * later and those that are answered now; without it, half of what the JVM may have. Where it is
     * short, the conversation that was used least recently is forgotten, and read again when it
     * goes on; see {@link LocalChatRequestParameters#session()} for the order. An answer that grows
     * beyond 512 tokens may exceed it until it is complete.
     *
     * @param bytes 1 or more; a conversation that does not fit by itself is refused
     */
    public Builder memory(long bytes) {
      if (bytes < 1) {
        throw new IllegalArgumentException("memory: expected at least 1 byte, found " + bytes);
      }
      memory = bytes;
      return this;
    }

    /**
     * How long a request waits for memory that others hold, before a {@link
     * dev.langchain4j.exception.RateLimitException}; without it, two minutes.
     */
    public Builder patience(Duration value) {
      if (value.isNegative()) {
        throw new IllegalArgumentException("patience: expected at least 0, found " + value);
      }
      patience = value;
      return this;
    }

    /** How keys and values are stored, and how many tokens a conversation can have. */
    public Builder sessions(SessionOptions value) {
      sessions = value;
      return this;
    }

    /**
     * Whether tokens that may be copied from the conversation are drafted, tools' results first, so
     * that one pass of the model verifies several; without it, they are. The text is the same.
     */
    public Builder lookups(boolean value) {
      lookups = value;
      return this;
    }

    /** A folder where openings of {@code zhixing-1} conversations are kept; null for none. */
    public Builder promptCache(@Nullable Path value) {
      promptCache = value;
      return this;
    }

    /** A chat template in place of the file's; null for the file's own. */
    public Builder chatTemplate(@Nullable String value) {
      chatTemplate = value;
      return this;
    }

    /** What makes the sampler of a request, for samplers of one's own. */
    public Builder sampling(Function<SamplingOptions, Sampler> value) {
      sampling = value;
      return this;
    }

    /** The options. */
    public LocalChatOptions build() {
      return new LocalChatOptions(this);
    }
  }
}
