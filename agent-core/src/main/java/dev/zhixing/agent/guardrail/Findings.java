package dev.zhixing.agent.guardrail;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where the parts of a {@link RuleFile} were found in one plain text. */
final class Findings {
  private final Wording wording;
  private final String text;
  private final Map<Integer, List<Span>> spans = new HashMap<>();

  /** A piece of the text. */
  record Span(int start, int end) {}

  Findings(Wording wording, String text) {
    this.wording = wording;
    this.text = text;
  }

  void add(int part, int start, int end) {
    spans.computeIfAbsent(part, _ -> new ArrayList<>()).add(new Span(start, end));
  }

  /** Where {@code element} was found. */
  List<Span> of(Rule.Element element) {
    List<Span> all = List.of();
    for (int part : element.parts()) {
      List<Span> found = spans.getOrDefault(part, List.of());
      if (all.isEmpty()) {
        all = found;
      } else if (!found.isEmpty()) {
        all = new ArrayList<>(all);
        all.addAll(found);
      }
    }
    return all;
  }

  boolean has(Rule.Element element) {
    for (int part : element.parts()) {
      if (spans.containsKey(part)) {
        return true;
      }
    }
    return false;
  }

  boolean follows(int end, int start) {
    return wording.follows(text, end, start);
  }
}
