package dev.zhixing.chat;

import dev.langchain4j.model.output.TokenUsage;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Token counts of an answer, with what they took. Immutable. */
public final class LocalTokenUsage extends TokenUsage {
  private final int cached;
  private final int drafted;
  private final int accepted;
  private final int forced;

  /**
   * @param input tokens of the request
   * @param output tokens of the answer
   * @param cached tokens of the request that were in the session already
   * @param drafted tokens proposed to the model
   * @param accepted those of them that became part of the answer
   * @param forced tokens of the answer that the grammar left no choice for
   */
  public LocalTokenUsage(int input, int output, int cached, int drafted, int accepted, int forced) {
    super(input, output);
    this.cached = cached;
    this.drafted = drafted;
    this.accepted = accepted;
    this.forced = forced;
  }

  /** Tokens of the request that were in the session already. */
  public int cachedTokenCount() {
    return cached;
  }

  /** Tokens that were proposed to the model. */
  public int draftedTokenCount() {
    return drafted;
  }

  /** Proposed tokens that became part of the answer. */
  public int acceptedTokenCount() {
    return accepted;
  }

  /** Tokens that the grammar left no choice for. */
  public int forcedTokenCount() {
    return forced;
  }

  @Override
  public TokenUsage add(@Nullable TokenUsage that) {
    if (that == null) {
      return this;
    }
    LocalTokenUsage other = that instanceof LocalTokenUsage local ? local : null;
    return new LocalTokenUsage(
        sum(inputTokenCount(), that.inputTokenCount()),
        sum(outputTokenCount(), that.outputTokenCount()),
        cached + (other == null ? 0 : other.cached),
        drafted + (other == null ? 0 : other.drafted),
        accepted + (other == null ? 0 : other.accepted),
        forced + (other == null ? 0 : other.forced));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return super.equals(other)
        && other instanceof LocalTokenUsage that
        && cached == that.cached
        && drafted == that.drafted
        && accepted == that.accepted
        && forced == that.forced;
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), cached, drafted, accepted, forced);
  }
}
