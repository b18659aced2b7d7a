package dev.zhixing.planner.dialogue;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The answer in a text that says {@code Final Answer:} or {@code 最终答案：} before it. */
public final class FinalAnswer {
  private static final Pattern LABEL =
      Pattern.compile("(?im)^[\\s>*_#]*(?:final\\s*answer|最终答案|最终回答)[\\s*_]*[:：][\\s*_]*");

  private FinalAnswer() {}

  /** What follows the label, stripped; empty where there is no label. */
  public static Optional<String> in(String text) {
    Matcher label = LABEL.matcher(text);
    return label.find() ? Optional.of(text.substring(label.end()).strip()) : Optional.empty();
  }

  /** Where the label begins; the text's length where there is none. */
  public static int start(String text) {
    Matcher label = LABEL.matcher(text);
    return label.find() ? label.start() : text.length();
  }
}
