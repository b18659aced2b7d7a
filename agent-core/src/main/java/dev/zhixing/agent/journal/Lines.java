package dev.zhixing.agent.journal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zhixing.agent.JournalEntry;
import dev.zhixing.agent.redaction.Redaction;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * The lines of a journal: an object each, with its number {@code n} from 1, its time {@code at},
 * the entry, and last {@code crc}, the CRC-32C of the line's bytes before that property.
 */
final class Lines {
  private static final String FORM = "form";

  /** The program's own words, which must not change. */
  private static final Set<String> OWN = Set.of("tools", "answer");

  private static final String CRC = ",\"crc\":\"";
  private static final int TAIL = CRC.length() + 8 + 2;

  /** The entries of a file's whole lines, and where those end. */
  record Content(List<Line> lines, long end) {
    List<JournalEntry> entries() {
      return lines.stream().map(Line::entry).toList();
    }
  }

  /** An entry and when it was written. */
  record Line(Instant at, JournalEntry entry) {}

  private Lines() {}

  /** The line, with its line feed. */
  static byte[] write(int number, Instant at, JournalEntry entry, Redaction redaction) {
    ObjectNode line = EntryJson.object();
    line.put("n", number).put("at", at.toString());
    ObjectNode written = EntryJson.write(entry);
    ObjectNode own = ownWords(written);
    line.setAll((ObjectNode) TurnIds.redacted(written, redaction));
    line.setAll(own);
    String text = EntryJson.text(line);
    byte[] open = text.substring(0, text.length() - 1).getBytes(UTF_8);
    byte[] tail = (tail(open, 0, open.length) + "\n").getBytes(UTF_8);
    byte[] whole = Arrays.copyOf(open, open.length + tail.length);
    System.arraycopy(tail, 0, whole, open.length, tail.length);
    return whole;
  }

  /** What is not redacted, taken out of {@code written}. */
  private static ObjectNode ownWords(ObjectNode written) {
    ObjectNode own = EntryJson.object();
    for (String name : OWN) {
      if (written.has(name)) {
        own.set(name, written.remove(name));
      }
    }
    if (FormJson.isSchema(written.path(FORM))) {
      own.set(FORM, written.remove(FORM));
    }
    return own;
  }

  /**
   * Reads {@code bytes}, of {@code file}; a last line without its line feed was not written to its
   * end and is left out.
   *
   * @throws JournalException at a line that is not as it was written
   */
  static Content read(Path file, byte[] bytes) {
    List<Line> lines = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        lines.add(line(file, lines.size() + 1, bytes, start, i));
        start = i + 1;
      }
    }
    if (isWhole(bytes, start, bytes.length - 1)) { // only one byte more, where its end was
      throw damaged(
          file,
          lines.size() + 1,
          "expected a line feed at its end, found the byte %02x"
              .formatted(bytes[bytes.length - 1]));
    }
    return new Content(List.copyOf(lines), start);
  }

  /** Whether a line's bytes from {@code start} to {@code end} are as they were written. */
  private static boolean isWhole(byte[] bytes, int start, int end) {
    int open = end - TAIL;
    return open >= start
        && new String(bytes, open, TAIL, ISO_8859_1).equals(tail(bytes, start, open));
  }

  private static Line line(Path file, int number, byte[] bytes, int start, int end) {
    if (!isWhole(bytes, start, end)) {
      throw damaged(file, number, "expected a line that ends with its CRC-32C, found another end");
    }
    String text = new String(bytes, start, end - start, UTF_8);
    try {
      JsonNode node = EntryJson.parse(text);
      if (node.path("n").asInt() != number) {
        throw damaged(
            file,
            number,
            "expected line %d, found line %s".formatted(number, node.path("n").asText()));
      }
      return new Line(Instant.parse(node.path("at").asText()), EntryJson.read(node));
    } catch (JsonProcessingException | RuntimeException e) {
      throw e instanceof JournalException damage
          ? damage
          : new JournalException(
              "%s, line %d: expected an entry of a journal, found one that this version does not read: %s"
                  .formatted(file, number, e.getMessage()),
              e);
    }
  }

  private static JournalException damaged(Path file, int number, String what) {
    return new JournalException(
        "%s, line %d: %s; the file is damaged, the lines before are whole"
            .formatted(file, number, what));
  }

  /** How a line ends that begins with the bytes from {@code start} to {@code end}. */
  private static String tail(byte[] bytes, int start, int end) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, start, end - start);
    return CRC + "%08x".formatted(crc.getValue()) + "\"}";
  }
}
