package dev.zhixing.agent.redaction;

import dev.zhixing.agent.RecordedCall;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;

/** Where secrets lie in a text; they may overlap. */
final class Spans {
  private final List<Span> spans = new ArrayList<>();

  /** From {@code start} up to {@code end}; {@code quote} is put around what takes its place. */
  private record Span(int start, int end, String quote) {}

  void add(int start, int end) {
    add(start, end, "");
  }

  void add(int start, int end, String quote) {
    if (start < end) {
      spans.add(new Span(start, end, quote));
    }
  }

  /** {@code text} with marks in their places. */
  String without(String text, Marks marks) {
    if (spans.isEmpty()) {
      return text;
    }
    StringBuilder clean = new StringBuilder();
    int end = 0;
    for (Span span : merged(text)) {
      clean.append(text, end, span.start).append(span.quote);
      clean.append(marks.of(text.substring(span.start, span.end))).append(span.quote);
      end = span.end;
    }
    return clean.append(text, end, text.length()).toString();
  }

  /** In order, none touching another; what is a mark already stays. */
  private List<Span> merged(String text) {
    List<Span> kept = marksOf(text);
    spans.sort(
        Comparator.comparingInt(Span::start).thenComparing(Span::end, Comparator.reverseOrder()));
    List<Span> merged = new ArrayList<>();
    int mark = 0;
    for (Span span : spans) {
      while (mark < kept.size() && kept.get(mark).end < span.end) {
        mark++;
      }
      if (mark < kept.size() && kept.get(mark).start <= span.start) {
        continue;
      }
      Span before = merged.isEmpty() ? null : merged.getLast();
      if (before != null && span.start < before.end) {
        merged.set(
            merged.size() - 1,
            new Span(before.start, Math.max(before.end, span.end), before.quote));
      } else {
        merged.add(span);
      }
    }
    return merged;
  }

  private static List<Span> marksOf(String text) {
    List<Span> marks = new ArrayList<>();
    if (text.indexOf('«') >= 0) {
      for (Matcher mark = RecordedCall.mark().matcher(text); mark.find(); ) {
        marks.add(new Span(mark.start(), mark.end(), ""));
      }
    }
    return marks;
  }
}
