package dev.zhixing.agent.redaction;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the values below the name of a secret: in CSV, also with tabs or semicolons, and in tables
 * of Markdown and databases. A header is a line of names only; its rows are the lines below it with
 * as many cells.
 */
final class Columns implements SecretFinder {
  private static final int MOST_COLUMNS = 64;
  private static final int LONGEST_HEADER = 2_000;
  private static final int LONGEST_QUOTED = 1_000;

  private static final String BORDERS = "\t;,|";
  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}_.-]{1,40}");
  private static final Pattern NAME_OF_WORDS = Pattern.compile("[\\p{L}\\p{N}_. -]{1,40}");
  private static final Pattern RULE = Pattern.compile("[|+:\\s-]{1,2000}");

  private final SecretNames names;

  Columns(SecretNames names) {
    this.names = names;
  }

  /** Where a cell begins and ends, quotes left out. */
  private record Cell(int start, int end, boolean quoted) {}

  /**
   * A header.
   *
   * @param secret which columns hold secrets
   * @param spaced whether it may be a line of prose, as there is a space behind a comma
   */
  private record Header(char border, int columns, Map<Integer, Secrecy> secret, boolean spaced) {}

  @Override
  public void find(String text, Spans found) {
    if (names.isEmpty()) {
      return;
    }
    Header header = null;
    for (int line = 0; line < text.length(); ) {
      int end = lineEnd(text, line);
      if (header != null && !isRule(text, line, end)) {
        List<Cell> row = cells(text, line, header.border);
        if (row.size() == header.columns) {
          take(text, header, row, found);
          end = lineEnd(text, row.getLast().end);
        } else {
          header = null;
        }
      }
      header = header == null ? header(text, line, end) : header;
      line = end + 1;
    }
  }

  private static void take(String text, Header header, List<Cell> row, Spans found) {
    header.secret.forEach(
        (column, secrecy) -> {
          Cell cell = row.get(column);
          String value = text.substring(cell.start, cell.end);
          if (!SecretValues.isNone(value, cell.quoted) && isSecret(header, secrecy, value)) {
            found.add(cell.start, cell.end);
          }
        });
  }

  private static boolean isSecret(Header header, Secrecy secrecy, String value) {
    return switch (secrecy) {
      case NONE -> false;
      case PASSWORD, PHRASE, KEY -> !header.spaced || SecretValues.isSureOf(secrecy, value);
      case PIN -> value.matches("[0-9]{3,12}") || SecretValues.isRandom(value, 12);
      case TOKEN, IF_RANDOM, HEADER -> SecretValues.isRandom(value, 12);
    };
  }

  private @Nullable Header header(String text, int start, int end) {
    if (end - start > LONGEST_HEADER) {
      return null;
    }
    for (int i = 0; i < BORDERS.length(); i++) {
      char border = BORDERS.charAt(i);
      if (text.substring(start, end).indexOf(border) >= 0) {
        return header(text, cells(text, start, border), border);
      }
    }
    return null;
  }

  private @Nullable Header header(String text, List<Cell> cells, char border) {
    Map<Integer, Secrecy> secret = new HashMap<>();
    boolean framed = border == '|' && !cells.isEmpty() && isFramed(text, cells);
    boolean spaced = false;
    for (int i = 0; i < cells.size(); i++) {
      Cell cell = cells.get(i);
      String name = text.substring(cell.start, cell.end);
      Pattern allowed = cell.quoted || framed ? NAME_OF_WORDS : NAME;
      if (!allowed.matcher(name).matches()) {
        return null;
      }
      spaced |= border != '|' && i > 0 && !cell.quoted && text.charAt(cell.start - 1) == ' ';
      Secrecy secrecy = names.ofProperty(name);
      if (secrecy != Secrecy.NONE) {
        secret.put(i, secrecy);
      }
    }
    return cells.size() < 2 || secret.isEmpty()
        ? null
        : new Header(border, cells.size(), secret, spaced);
  }

  /** Whether the line begins with a border, as in Markdown. */
  private static boolean isFramed(String text, List<Cell> cells) {
    int i = cells.getFirst().start - 1;
    while (i >= 0 && text.charAt(i) == ' ') {
      i--;
    }
    return i >= 0 && text.charAt(i) == '|';
  }

  private static boolean isRule(String text, int start, int end) {
    return end - start <= LONGEST_HEADER
        && text.substring(start, end).contains("--")
        && RULE.matcher(text).region(start, end).matches();
  }

  /** The cells of the line at {@code start}; none where it cannot be read. */
  private static List<Cell> cells(String text, int start, char border) {
    List<Cell> cells = new ArrayList<>();
    int i = blanks(text, start);
    if (border == '|' && i < text.length() && text.charAt(i) == border) {
      i++;
    }
    while (cells.size() < MOST_COLUMNS) {
      i = blanks(text, i);
      boolean quoted = i < text.length() && text.charAt(i) == '"';
      int end = quoted ? closing(text, i + 1) : cellEnd(text, i, border);
      if (end < 0) {
        return List.of();
      }
      cells.add(new Cell(quoted ? i + 1 : i, quoted ? end : trimmed(text, i, end), quoted));
      i = quoted ? blanks(text, end + 1) : end;
      if (i >= text.length() || text.charAt(i) != border) {
        return i >= text.length() || "\r\n".indexOf(text.charAt(i)) >= 0 ? cells : List.of();
      }
      i++;
      if (border == '|' && isLineEnd(text, blanks(text, i))) {
        return cells;
      }
    }
    return List.of();
  }

  private static int closing(String text, int start) {
    int limit = Math.min(text.length(), start + LONGEST_QUOTED);
    for (int i = start; i < limit; i++) {
      if (text.charAt(i) == '"') {
        if (i + 1 >= text.length() || text.charAt(i + 1) != '"') {
          return i;
        }
        i++; // doubled
      }
    }
    return -1;
  }

  private static int cellEnd(String text, int start, char border) {
    int i = start;
    while (!isLineEnd(text, i) && text.charAt(i) != border) {
      i++;
    }
    return i;
  }

  private static int trimmed(String text, int start, int end) {
    int i = end;
    while (i > start && Character.isWhitespace(text.charAt(i - 1))) {
      i--;
    }
    return i;
  }

  private static int blanks(String text, int start) {
    int i = start;
    while (i < text.length() && text.charAt(i) == ' ') {
      i++;
    }
    return i;
  }

  private static boolean isLineEnd(String text, int i) {
    return i >= text.length() || text.charAt(i) == '\n' || text.charAt(i) == '\r';
  }

  private static int lineEnd(String text, int from) {
    int end = text.indexOf('\n', from);
    return end < 0 ? text.length() : end;
  }
}
