package dev.zhixing.tool.search;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Reads a file as text where it is text: UTF-8, UTF-16 with its mark, or GB 18030. */
final class TextFile {

  private static final double MOST_CONTROLS = 0.01;

  private TextFile() {}

  /** The text; empty if the file is binary or of an unknown encoding. */
  static Optional<String> read(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    if (startsWith(bytes, 0xEF, 0xBB, 0xBF)) {
      return decode(bytes, 3, StandardCharsets.UTF_8);
    }
    if (startsWith(bytes, 0xFF, 0xFE) || startsWith(bytes, 0xFE, 0xFF)) {
      return decode(bytes, 0, StandardCharsets.UTF_16);
    }
    return decode(bytes, 0, StandardCharsets.UTF_8)
        .or(() -> decode(bytes, 0, Charset.forName("GB18030")))
        .filter(TextFile::isText);
  }

  private static boolean isText(String text) {
    long controls =
        text.chars().filter(c -> c == 0xFFFD || (c < ' ' && !Character.isWhitespace(c))).count();
    return text.indexOf('\0') < 0 && controls <= text.length() * MOST_CONTROLS;
  }

  private static Optional<String> decode(byte[] bytes, int offset, Charset charset) {
    try {
      return Optional.of(
          charset
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(bytes, offset, bytes.length - offset))
              .toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static boolean startsWith(byte[] bytes, int... mark) {
    for (int i = 0; i < mark.length; i++) {
      if (bytes.length <= i || (bytes[i] & 0xFF) != mark[i]) {
        return false;
      }
    }
    return true;
  }
}
