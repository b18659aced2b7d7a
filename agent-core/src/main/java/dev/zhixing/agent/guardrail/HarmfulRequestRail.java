package dev.zhixing.agent.guardrail;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.zhixing.agent.Guardrail;
import dev.zhixing.agent.Verdict;
import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/**
 * Blocks requests for help with harm, in English and Chinese, with a polite refusal in the language
 * of the request; somebody who speaks of hurting themselves gets words of care instead. The rules
 * lie in {@code harmful-en.rules} and {@code harmful-zh.rules}: a first sieve that is fast,
 * explains itself and errs on the side of answering; it is no judge of meaning. Immutable, safe for
 * all threads.
 */
public final class HarmfulRequestRail implements Guardrail {
  /**
   * A request is looked at up to here, in characters; what is longer is a document, not a request.
   */
  private static final int LONGEST = 4_000;

  private static final int TURNS_BEFORE = 4;

  private final Lazy english = new Lazy("harmful-en.rules", Wording.ENGLISH);
  private final Lazy chinese = new Lazy("harmful-zh.rules", Wording.CHINESE);

  /** A rail; the rules of a language are read at the first request in it. */
  public HarmfulRequestRail() {}

  @Override
  public Verdict onInput(String request, List<ChatMessage> history) {
    String shortened = request.substring(0, Math.min(LONGEST, request.length()));
    List<String> turns = turns(history);
    boolean inChinese = isIn(UnicodeScript.HAN, request);
    Optional<Rule> rule = inChinese ? chinese.rules().firing(shortened, turns) : Optional.empty();
    if (rule.isEmpty() && isIn(UnicodeScript.LATIN, request)) {
      rule = english.rules().firing(shortened, turns);
    }
    return rule.<Verdict>map(
            r ->
                new Verdict.Block(
                    refusal(r.category(), inChinese), r.category() + ", rule " + r.line()))
        .orElse(Verdict.ALLOW);
  }

  private static String refusal(String category, boolean inChinese) {
    String words = category.equals("selfharm") ? "care" : "refusal";
    return ResourceBundle.getBundle("dev.zhixing.agent.guardrail.refusal")
        .getString(words + (inChinese ? ".zh" : ".en"));
  }

  /** What the person and the agent said last, without tool results. */
  private static List<String> turns(List<ChatMessage> history) {
    List<String> turns = new ArrayList<>();
    for (ChatMessage message : history) {
      if (message instanceof UserMessage user && user.hasSingleText()) {
        turns.add(user.singleText());
      } else if (message instanceof AiMessage reply && reply.text() != null) {
        turns.add(reply.text());
      }
    }
    return turns.subList(Math.max(0, turns.size() - TURNS_BEFORE), turns.size());
  }

  private static boolean isIn(UnicodeScript script, String text) {
    return text.codePoints().anyMatch(c -> UnicodeScript.of(c) == script);
  }

  /** Rules that are read when they are first needed. */
  private static final class Lazy {
    private final String name;
    private final Wording wording;
    private @Nullable RuleFile rules;

    Lazy(String name, Wording wording) {
      this.name = name;
      this.wording = wording;
    }

    synchronized RuleFile rules() {
      if (rules == null) {
        rules = RuleFile.read(name, wording);
      }
      return rules;
    }
  }
}
