package dev.zhixing.samples.recipe;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The randomness behind one scenario: a seed, the language, and whether held-out phrasings are
 * wanted. One thread.
 */
public final class Draw {

  private final SplittableRandom random;
  private final Language language;
  private final boolean heldOut;
  private int unseenPhrases;

  public Draw(long seed, Language language, boolean heldOut) {
    this.random = new SplittableRandom(seed);
    this.language = language;
    this.heldOut = heldOut;
  }

  public Language language() {
    return language;
  }

  public boolean isChinese() {
    return language == Language.ZH;
  }

  public boolean heldOut() {
    return heldOut;
  }

  /** How many phrasings that training never sees this draw has given. */
  public int unseenPhrases() {
    return unseenPhrases;
  }

  public SplittableRandom random() {
    return random;
  }

  /** A number from {@code from} to {@code to}, both included. */
  public int between(int from, int to) {
    return random.nextInt(from, to + 1);
  }

  public boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  public <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  @SafeVarargs
  public final <T> T pick(T first, T... more) {
    int i = random.nextInt(more.length + 1);
    return i == 0 ? first : more[i - 1];
  }

  /** {@code count} different elements, in random order. */
  public <T> List<T> pickSome(List<T> choices, int count) {
    List<T> rest = new ArrayList<>(choices);
    List<T> out = new ArrayList<>(count);
    while (out.size() < count && !rest.isEmpty()) {
      out.add(rest.remove(random.nextInt(rest.size())));
    }
    return out;
  }

  /** The word for this language. */
  public String say(String english, String chinese) {
    return language == Language.ZH ? chinese : english;
  }

  /** A phrasing of {@code section}; slots are given as name, value, name, value … */
  public String phrase(Phrasebook book, String section, String... slots) {
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i + 1 < slots.length; i += 2) {
      values.put(slots[i], slots[i + 1]);
    }
    if (heldOut && book.holdsOut(section)) {
      unseenPhrases++;
    }
    return book.expand(section, heldOut, values, random);
  }

  /**
   * An answer's wording: always from all phrasings, since answers are not what evaluation holds
   * out.
   */
  public String reply(Phrasebook book, String section, String... slots) {
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i + 1 < slots.length; i += 2) {
      values.put(slots[i], slots[i + 1]);
    }
    return book.expand(section, false, values, random);
  }

  /** An empty JSON object to be filled in the order of the tool's schema. */
  public static ObjectNode arguments() {
    return JsonNodeFactory.instance.objectNode();
  }
}
