package dev.zhixing.samples.recipe.talk;

import dev.zhixing.samples.recipe.Draw;
import dev.zhixing.samples.recipe.Noise;
import dev.zhixing.samples.recipe.Scenario;
import dev.zhixing.samples.recipe.Weighted;
import dev.zhixing.samples.recipe.home.HomeBook;
import java.util.Arrays;
import java.util.List;

/**
 * The suites {@code chat} and {@code refuse}: no tool is called. A line of the chat books holds the
 * question and its answer, parted by {@code =>}; earlier turns stand before {@code >>}.
 */
public final class TalkSituations {

  private static final TalkBook CHAT = new TalkBook("chat");
  private static final TalkBook REFUSE = new TalkBook("refuse");

  private TalkSituations() {}

  /** Small talk, feelings, jokes, general knowledge, questions about the assistant. */
  public static List<Weighted> chat() {
    return List.of(Weighted.of(5, d -> chat(d, "one")), Weighted.of(1, d -> chat(d, "talk")));
  }

  /** Harmful requests. */
  public static List<Weighted> refuse() {
    return List.of(Weighted.of(5, d -> refuse(d, "ask")), Weighted.of(1, d -> refuse(d, "talk")));
  }

  private static Scenario chat(Draw draw, String section) {
    String line = CHAT.phrase(draw, section);
    int arrow = line.lastIndexOf("=>");
    String answer = line.substring(arrow + 2).strip();
    return spoken(draw, "chat", line.substring(0, arrow), answer);
  }

  private static Scenario refuse(Draw draw, String section) {
    String line = REFUSE.phrase(draw, section);
    return spoken(draw, "refuse", line, REFUSE.reply(draw, "answer"))
        .answering(draw.say("can't help|won't help", "不能"));
  }

  /** Turns parted by {@code >>}, the last of them the person's. */
  private static Scenario spoken(Draw draw, String suite, String line, String answer) {
    List<String> turns = Arrays.stream(line.split(">>", -1)).map(String::strip).toList();
    String[] history = new String[turns.size() - 1];
    for (int i = 0; i < history.length; i++) {
      history[i] = i % 2 == 0 ? Noise.typed(draw, turns.get(i)) : turns.get(i);
    }
    String last = turns.getLast();
    boolean surrounded = suite.equals("refuse") && draw.chance(0.3);
    String user = surrounded ? HomeBook.opened(draw, last) : last;
    return Scenario.of(draw.language(), suite, Noise.typed(draw, user), List.of(), answer)
        .withHistory(history);
  }
}
