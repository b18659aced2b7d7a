package dev.zhixing.tool.search;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Cuts a text into passages: whole paragraphs under one heading, together up to some 500
 * characters; a longer paragraph is cut between sentences.
 */
final class Passages {

  private static final int SIZE = 500;

  private final String file;
  private final List<Passage> passages = new ArrayList<>();
  private final StringBuilder current = new StringBuilder();
  private String heading = "";

  private Passages(String file) {
    this.file = file;
  }

  static List<Passage> of(String file, String text) {
    var cutter = new Passages(file);
    var paragraph = new StringBuilder();
    for (String line : text.lines().toList()) {
      String stripped = line.strip();
      boolean isHeading = stripped.matches("#{1,6} .*");
      if (stripped.isEmpty() || isHeading) {
        cutter.add(paragraph.toString());
        paragraph.setLength(0);
      }
      if (isHeading) {
        cutter.flush();
        cutter.heading = stripped.replaceFirst("^#+ +", "").replaceFirst(" +#+$", "");
      } else if (!stripped.isEmpty()) {
        paragraph.append(paragraph.isEmpty() ? "" : "\n").append(stripped);
      }
    }
    cutter.add(paragraph.toString());
    cutter.flush();
    return cutter.passages;
  }

  private void add(String paragraph) {
    if (paragraph.length() <= SIZE) {
      append(paragraph, "\n");
      return;
    }
    BreakIterator sentences = BreakIterator.getSentenceInstance(Locale.ROOT);
    sentences.setText(paragraph);
    int start = sentences.first();
    for (int end = sentences.next(); end != BreakIterator.DONE; end = sentences.next()) {
      addSentence(paragraph.substring(start, end));
      start = end;
    }
  }

  /** A sentence longer than a passage is cut wherever the passage is full. */
  private void addSentence(String sentence) {
    int start = 0;
    while (sentence.length() - start > SIZE) {
      int end = start + SIZE;
      if (Character.isHighSurrogate(sentence.charAt(end - 1))) {
        end--;
      }
      append(sentence.substring(start, end), "");
      start = end;
    }
    append(sentence.substring(start), "");
  }

  private void append(String part, String separator) {
    if (part.isBlank()) {
      return;
    }
    if (current.length() + part.length() > SIZE) {
      flush();
    }
    current.append(current.isEmpty() ? "" : separator).append(part);
  }

  private void flush() {
    if (!current.isEmpty()) {
      passages.add(new Passage(file, heading, current.toString().strip()));
      current.setLength(0);
    }
  }
}
