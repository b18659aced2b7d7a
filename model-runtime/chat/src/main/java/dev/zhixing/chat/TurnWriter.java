package dev.zhixing.chat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.zhixing.engine.Session;
import dev.zhixing.engine.decoding.Decoder;
import dev.zhixing.engine.decoding.DecodingOptions;
import dev.zhixing.engine.grammar.Grammar;
import dev.zhixing.engine.sampling.Sampler;
import dev.zhixing.engine.tokenizer.Tokenizer;
import dev.zhixing.engine.tokenizer.Utf8Stream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Lets the model write one turn: free text, then calls that the grammar keeps valid, then the end
 * token. One use, one thread.
 */
final class TurnWriter {

  private final Session session;
  private final Tokenizer tokenizer;
  private final ConversationFormat format;
  private final Sampler sampler;
  private final TurnLimits limits;
  private final @Nullable Grammar callGrammar;
  private final TurnListener listener;

  private final TokenBuffer ids = new TokenBuffer();
  private final StringBuilder text = new StringBuilder();
  private final Utf8Stream characters;
  private final List<ToolExecutionRequest> calls = new ArrayList<>();
  private int forced;

  /**
   * @param callGrammar what may stand after the call token: a tool's name and its arguments; null
   *     where no tool is on offer
   */
  TurnWriter(
      Session session,
      Tokenizer tokenizer,
      ConversationFormat format,
      Sampler sampler,
      TurnLimits limits,
      @Nullable Grammar callGrammar,
      TurnListener listener) {
    this.session = session;
    this.tokenizer = tokenizer;
    this.characters = Utf8Stream.of(tokenizer);
    this.format = format;
    this.sampler = sampler;
    this.limits = limits;
    this.callGrammar = callGrammar;
    this.listener = listener;
  }

  /** Reads the pending tokens and writes the turn that follows them. */
  Turn write(int[] pending) {
    float[] logits = session.append(pending);
    boolean finished =
        limits.answer() == null ? writeFreely(logits) : writeAnswer(logits, limits.answer());
    return new Turn(text.toString(), List.copyOf(calls), ids.toArray(), forced, finished);
  }

  private boolean hasRoom() {
    return ids.size() < limits.maxTokens() && !listener.isCancelled();
  }

  /** Text, then perhaps calls. Returns whether the end token was reached. */
  private boolean writeFreely(float[] logits) {
    float[] next = logits;
    while (hasRoom()) {
      boolean afterCall = !calls.isEmpty();
      maskSpecials(next, limits.mayCall(), afterCall || !limits.mustCall());
      if (afterCall) {
        keepOnly(next, format.call(), format.end());
      } else if (limits.mustCall() && ids.size() >= limits.maxTokens() / 2) {
        keepOnly(next, format.call(), format.call());
      }
      int id = take(sampler.sample(next));
      sampler.accept(id);
      if (id == format.end()) {
        return true;
      }
      next = session.append(id);
      if (id == format.call()) {
        next = writeCall(next);
      } else {
        say(characters.feed(id));
      }
    }
    return false;
  }

  /**
   * A tool's name and arguments; gives the logits after them. No call, where a limit comes first.
   */
  private float[] writeCall(float[] logits) {
    if (callGrammar == null) {
      throw new IllegalStateException("call: expected tools on offer, found none");
    }
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    if (!writeUnder(callGrammar, logits, written)) {
      return logits;
    }
    ToolExecutionRequest call = request(written.toString(StandardCharsets.UTF_8));
    listener.onCall(calls.size(), call);
    calls.add(call);
    return session.append(ids.last());
  }

  /** An answer of a prescribed form. Returns whether it is complete. */
  private boolean writeAnswer(float[] logits, Grammar grammar) {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    boolean complete = writeUnder(grammar, logits, written);
    say(written.toString(StandardCharsets.UTF_8));
    if (complete && hasRoom()) {
      take(format.end());
      return true;
    }
    return false;
  }

  /**
   * Writes a text under a grammar; what the grammar forces is drafted and verified in one pass.
   * Returns whether the text is complete: its last token is not in the session then.
   */
  private boolean writeUnder(Grammar grammar, float[] logits, ByteArrayOutputStream written) {
    Decoder decoder =
        new Decoder(session, tokenizer, sampler, grammar.start(), DecodingOptions.drafted());
    decoder.start(logits);
    while (hasRoom() && !decoder.ended()) {
      int id = decoder.next();
      if (id != Decoder.ENDED) {
        written.writeBytes(tokenizer.bytes(take(id)));
      }
    }
    // A token that was the only one allowed and had been drafted counts in both.
    forced += Math.max(decoder.counts().forced(), decoder.counts().accepted());
    if (!decoder.ended()) {
      decoder.flush();
      return false;
    }
    return true;
  }

  private int take(int id) {
    ids.add(id);
    return id;
  }

  private void say(String more) {
    if (!more.isEmpty()) {
      text.append(more);
      listener.onText(more);
    }
  }

  private void maskSpecials(float[] logits, boolean mayCall, boolean mayEnd) {
    for (int special : format.specials()) {
      boolean allowed = special == format.call() ? mayCall : special == format.end() && mayEnd;
      if (!allowed) {
        logits[special] = Float.NEGATIVE_INFINITY;
      }
    }
  }

  private static void keepOnly(float[] logits, int a, int b) {
    float first = logits[a];
    float second = logits[b];
    Arrays.fill(logits, Float.NEGATIVE_INFINITY);
    logits[a] = first;
    logits[b] = second;
  }

  /** Parts {@code name{…}}: a tool's name ends at the first brace. */
  private static ToolExecutionRequest request(String written) {
    int brace = written.indexOf('{');
    return ToolExecutionRequest.builder()
        .id("call_" + UUID.randomUUID().toString().substring(0, 8))
        .name(written.substring(0, brace))
        .arguments(written.substring(brace))
        .build();
  }
}
