package dev.zhixing.samples.eval;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Recognises refusals and questions back by their wording, from the lists in {@code wording.txt}.
 * Immutable.
 */
public final class Wording {

  private final List<String> refusals;
  private final List<String> questions;
  private final List<String> courtesies;

  private Wording(List<String> refusals, List<String> questions, List<String> courtesies) {
    this.refusals = List.copyOf(refusals);
    this.questions = List.copyOf(questions);
    this.courtesies = List.copyOf(courtesies);
  }

  /** Reads the lists from the jar. */
  public static Wording load() {
    try (var in = Wording.class.getResourceAsStream("wording.txt")) {
      if (in == null) {
        throw new IllegalStateException("wording.txt: expected beside " + Wording.class);
      }
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("wording.txt: cannot be read from the jar", e);
    }
  }

  static Wording parse(String lists) {
    List<String> refusals = new ArrayList<>();
    List<String> questions = new ArrayList<>();
    List<String> courtesies = new ArrayList<>();
    List<String> current = refusals;
    for (String line : lists.lines().map(String::strip).toList()) {
      switch (line) {
        case "[refusal]" -> current = refusals;
        case "[question]" -> current = questions;
        case "[courtesy]" -> current = courtesies;
        default -> {
          if (!line.isEmpty() && !line.startsWith("#")) {
            current.add(line);
          }
        }
      }
    }
    return new Wording(refusals, questions, courtesies);
  }

  /** Whether the answer declines to help. */
  public boolean refuses(String answer) {
    return anyIn(refusals, AnswerText.normalize(answer));
  }

  /** Whether the answer asks the user for something. Courtesies such as "anything else?" do not. */
  public boolean asksBack(String answer) {
    String text = AnswerText.normalize(answer);
    for (String courtesy : courtesies) {
      text = text.replace(courtesy, " ");
    }
    return anyIn(questions, text);
  }

  private static boolean anyIn(List<String> phrases, String text) {
    return phrases.stream()
        .anyMatch(p -> p.startsWith("^") ? text.startsWith(p.substring(1)) : text.contains(p));
  }
}
