package dev.zhixing.chat;

import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.DefaultChatRequestParameters;
import dev.zhixing.engine.grammar.Rule;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a request to a local model can say beside LangChain4j's own parameters. Null leaves a
 * parameter to the model. Immutable.
 */
public final class LocalChatRequestParameters extends DefaultChatRequestParameters {
  private final @Nullable Long seed;
  private final @Nullable Double minP;
  private final @Nullable Double repetitionPenalty;
  private final @Nullable Rule grammar;
  private final @Nullable Integer topLogprobs;
  private final @Nullable Boolean thinking;
  private final @Nullable String session;

  private LocalChatRequestParameters(Builder builder) {
    super(builder);
    seed = builder.seed;
    minP = builder.minP;
    repetitionPenalty = builder.repetitionPenalty;
    grammar = builder.grammar;
    topLogprobs = builder.topLogprobs;
    thinking = builder.thinking;
    session = builder.session;
  }

  /** Where the sequence of random choices starts; 0 if nobody says. */
  public @Nullable Long seed() {
    return seed;
  }

  /** Only tokens at least this times as likely as the likeliest, 0 to 1. */
  public @Nullable Double minP() {
    return minP;
  }

  /** Makes tokens that have occurred less likely, above 0 and at most 100; 1 for none. */
  public @Nullable Double repetitionPenalty() {
    return repetitionPenalty;
  }

  /** What the answer must look like, for what JSON Schema can't say. */
  public @Nullable Rule grammar() {
    return grammar;
  }

  /** How many of the likeliest tokens to tell of beside each chosen one; null for no logprobs. */
  public @Nullable Integer topLogprobs() {
    return topLogprobs;
  }

  /** Whether the model is to think before it answers, where its template can be told. */
  public @Nullable Boolean thinking() {
    return thinking;
  }

  /**
   * The name of the conversation that the request belongs to, of the caller's choosing. The model
   * holds on to what it has computed for the latest request of each name: that is forgotten only
   * when memory is short and nothing else is left to forget, the name that was used least recently
   * first. Answers that the model gave under the name are found by what they say, also where a
   * message has lost its attributes, as in a stored history. Requests without a name find their
   * conversation, too, by what they begin with; nothing is ever taken from a conversation of
   * another name but what both begin with.
   */
  public @Nullable String session() {
    return session;
  }

  /** The same where these parameters are ours, else these with nothing of ours. */
  static LocalChatRequestParameters of(ChatRequestParameters parameters) {
    return parameters instanceof LocalChatRequestParameters local
        ? local
        : builder().overrideWith(parameters).build();
  }

  @Override
  public ChatRequestParameters overrideWith(ChatRequestParameters that) {
    return builder().overrideWith(this).overrideWith(that).build();
  }

  @Override
  public ChatRequestParameters defaultedBy(ChatRequestParameters that) {
    return builder().overrideWith(that).overrideWith(this).build();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return super.equals(other)
        && other instanceof LocalChatRequestParameters that
        && Objects.equals(seed, that.seed)
        && Objects.equals(minP, that.minP)
        && Objects.equals(repetitionPenalty, that.repetitionPenalty)
        && Objects.equals(grammar, that.grammar)
        && Objects.equals(topLogprobs, that.topLogprobs)
        && Objects.equals(thinking, that.thinking)
        && Objects.equals(session, that.session);
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        super.hashCode(), seed, minP, repetitionPenalty, grammar, topLogprobs, thinking, session);
  }

  /** Starts with nothing set. */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects parameters. */
  public static final class Builder extends DefaultChatRequestParameters.Builder<Builder> {
    private @Nullable Long seed;
    private @Nullable Double minP;
    private @Nullable Double repetitionPenalty;
    private @Nullable Rule grammar;
    private @Nullable Integer topLogprobs;
    private @Nullable Boolean thinking;
    private @Nullable String session;

    private Builder() {}

    /** Sets where the sequence of random choices starts. */
    public Builder seed(@Nullable Long value) {
      seed = value;
      return this;
    }

    /** Sets the least share of the likeliest token's probability. */
    public Builder minP(@Nullable Double value) {
      minP = value;
      return this;
    }

    /** Sets the repetition penalty. */
    public Builder repetitionPenalty(@Nullable Double value) {
      repetitionPenalty = value;
      return this;
    }

    /** Sets what the answer must look like. */
    public Builder grammar(@Nullable Rule value) {
      grammar = value;
      return this;
    }

    /** Asks for logprobs, with so many rivals of each token, 0 or more. */
    public Builder topLogprobs(@Nullable Integer value) {
      topLogprobs = value;
      return this;
    }

    /** Sets whether the model is to think first. */
    public Builder thinking(@Nullable Boolean value) {
      thinking = value;
      return this;
    }

    /** Sets the conversation's name. */
    public Builder session(@Nullable String value) {
      session = value;
      return this;
    }

    @Override
    public Builder overrideWith(ChatRequestParameters parameters) {
      super.overrideWith(parameters);
      if (parameters instanceof LocalChatRequestParameters local) {
        seed = local.seed != null ? local.seed : seed;
        minP = local.minP != null ? local.minP : minP;
        repetitionPenalty =
            local.repetitionPenalty != null ? local.repetitionPenalty : repetitionPenalty;
        grammar = local.grammar != null ? local.grammar : grammar;
        topLogprobs = local.topLogprobs != null ? local.topLogprobs : topLogprobs;
        thinking = local.thinking != null ? local.thinking : thinking;
        session = local.session != null ? local.session : session;
      }
      return this;
    }

    @Override
    public LocalChatRequestParameters build() {
      return new LocalChatRequestParameters(this);
    }
  }
}
