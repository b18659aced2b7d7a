package dev.zhixing.chat.format;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads the calls out of what a model has written behind the trigger, while it writes: what is
 * there is in the shape, as the grammar saw to it, but may end anywhere. Stateless.
 */
public final class CallReader {
  private CallReader() {}

  /** The calls whose names are complete. */
  public static List<WrittenCall> read(CallShape shape, String written) {
    List<WrittenCall> calls = new ArrayList<>();
    int at = shape.open().length();
    while (written.startsWith(shape.before(), at)) {
      int name = at + shape.before().length();
      int nameEnd =
          shape.between().isEmpty()
              ? written.indexOf('{', name)
              : written.indexOf(shape.between(), name);
      int from = nameEnd + shape.between().length();
      if (nameEnd < 0) {
        break;
      }
      int to = end(shape, written, from);
      boolean isComplete = to >= 0;
      String arguments =
          arguments(shape, written.substring(from, isComplete ? to : written.length()), isComplete);
      calls.add(new WrittenCall(written.substring(name, nameEnd), arguments, isComplete));
      if (!isComplete || !written.startsWith(shape.after() + shape.separator(), to)) {
        break;
      }
      at = to + shape.after().length() + shape.separator().length();
      if (at >= written.length()) {
        break;
      }
    }
    return calls;
  }

  private static int end(CallShape shape, String written, int from) {
    return switch (shape.arguments()) {
      case JSON -> jsonEnd(written, from);
      case PYTHON -> PythonArguments.end(written, from);
    };
  }

  /** Arguments as JSON; what is not, only when it is complete. */
  private static String arguments(CallShape shape, String written, boolean isComplete) {
    return switch (shape.arguments()) {
      case JSON -> written;
      case PYTHON -> isComplete ? PythonArguments.toJson(written) : "";
    };
  }

  /** Where the JSON object that begins at {@code from} ends, or -1 if it does not yet. */
  private static int jsonEnd(String text, int from) {
    int depth = 0;
    boolean inString = false;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (inString) {
        if (c == '\\') {
          i++;
        } else if (c == '"') {
          inString = false;
        }
      } else if (c == '"') {
        inString = true;
      } else if (c == '{' || c == '[') {
        depth++;
      } else if ((c == '}' || c == ']') && --depth == 0) {
        return i + 1;
      }
    }
    return -1;
  }
}
