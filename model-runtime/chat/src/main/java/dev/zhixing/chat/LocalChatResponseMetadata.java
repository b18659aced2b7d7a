package dev.zhixing.chat;

import dev.langchain4j.model.chat.response.ChatResponseMetadata;
import dev.zhixing.engine.sampling.TokenLogprobs;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** What a local model tells of an answer beside LangChain4j's own metadata. Immutable. */
public final class LocalChatResponseMetadata extends ChatResponseMetadata {
  private final Duration prefillTime;
  private final Duration decodeTime;
  private final List<TokenLogprobs> logprobs;
  private final @Nullable String divergence;
  private final int divergedAt;

  private LocalChatResponseMetadata(Builder builder) {
    super(builder);
    prefillTime = builder.prefillTime;
    decodeTime = builder.decodeTime;
    logprobs = List.copyOf(builder.logprobs);
    divergence = builder.divergence;
    divergedAt = builder.divergedAt;
  }

  /** How long the model read what was new in the request, up to the first token. */
  public Duration prefillTime() {
    return prefillTime;
  }

  /** How long it wrote the rest. */
  public Duration decodeTime() {
    return decodeTime;
  }

  /** How likely each token of the answer was; empty if nobody asked. */
  public List<TokenLogprobs> logprobs() {
    return logprobs;
  }

  /**
   * Where the chat template wrote an earlier turn otherwise than the conversation has it, so that
   * what follows had to be read again; null where it didn't.
   */
  public @Nullable String divergence() {
    return divergence;
  }

  /**
   * The position of the first token in which the request differs from the kept conversation that
   * has most in common with it: it belongs to another conversation, an earlier message was changed,
   * or the chat template writes it otherwise, see {@link #divergence}. All from there on was read
   * anew. Empty where the request goes on from what is kept, or nothing is.
   */
  public OptionalInt divergedAt() {
    return divergedAt < 0 ? OptionalInt.empty() : OptionalInt.of(divergedAt);
  }

  static Builder local() {
    return new Builder();
  }

  /** Collects what the metadata holds. */
  static final class Builder extends ChatResponseMetadata.Builder<Builder> {
    private Duration prefillTime = Duration.ZERO;
    private Duration decodeTime = Duration.ZERO;
    private List<TokenLogprobs> logprobs = List.of();
    private @Nullable String divergence;
    private int divergedAt = -1;

    Builder times(Duration prefill, Duration decode) {
      prefillTime = prefill;
      decodeTime = decode;
      return this;
    }

    Builder logprobs(List<TokenLogprobs> value) {
      logprobs = value;
      return this;
    }

    Builder divergence(@Nullable String value) {
      divergence = value;
      return this;
    }

    /** A position, or -1 for none. */
    Builder divergedAt(int value) {
      divergedAt = value;
      return this;
    }

    @Override
    public LocalChatResponseMetadata build() {
      return new LocalChatResponseMetadata(this);
    }
  }
}
