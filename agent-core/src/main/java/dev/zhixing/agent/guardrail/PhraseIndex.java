package dev.zhixing.agent.guardrail;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Phrases by the first characters they may begin with. */
final class PhraseIndex {
  private final Wording wording;
  private final Map<String, List<Entry>> byKey = new HashMap<>();

  private record Entry(int part, Phrase phrase) {}

  PhraseIndex(Wording wording) {
    this.wording = wording;
  }

  /** Makes {@code phrase} count as found for {@code part}. */
  void add(int part, Phrase phrase) {
    Set<String> keys = new HashSet<>();
    if (phrase.firsts(literal -> keys.add(key(literal, 0)))) {
      throw new IllegalArgumentException(
          "expected a term that begins with a word, found one that may be empty");
    }
    keys.forEach(
        key -> byKey.computeIfAbsent(key, _ -> new ArrayList<>()).add(new Entry(part, phrase)));
  }

  /** All places in the plain {@code text}. */
  Findings search(String text) {
    Findings findings = new Findings(wording, text);
    for (int i = 0; i + wording.keyLength() <= text.length(); i++) {
      int start = i;
      for (Entry entry : byKey.getOrDefault(key(text, i), List.of())) {
        entry.phrase().match(wording, text, start, end -> findings.add(entry.part(), start, end));
      }
    }
    return findings;
  }

  private String key(String text, int at) {
    return text.substring(at, at + wording.keyLength());
  }
}
