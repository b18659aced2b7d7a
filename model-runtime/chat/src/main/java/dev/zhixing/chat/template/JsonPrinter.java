package dev.zhixing.chat.template;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The filter {@code tojson} as Hugging Face's tokenizers define it: Python's {@code json.dumps}
 * with {@code ensure_ascii} off, {@code ", "} and {@code ": "} between, no escapes for HTML.
 */
final class JsonPrinter {
  private static final int DEEPEST = 100;

  private final TextBuilder out;
  private final boolean isAscii;
  private final boolean isSorted;
  private final Text indent;
  private final boolean isIndented;
  private final Text comma;
  private final Text colon;

  private JsonPrinter(Arguments arguments, Budget budget) {
    out = new TextBuilder(budget);
    isAscii = arguments.flag(0, "ensure_ascii", false);
    Value step = arguments.get(1, "indent", Value.NONE);
    isIndented = !(step instanceof Value.None);
    indent = isIndented ? indent(step) : Text.EMPTY;
    Value separators = arguments.get(2, "separators", Value.NONE);
    if (separators instanceof Value.Items both && both.values().size() == 2) {
      comma = Values.text(both.values().get(0), "separators");
      colon = Values.text(both.values().get(1), "separators");
    } else {
      comma = Text.own(isIndented ? "," : ", ");
      colon = Text.own(": ");
    }
    isSorted = arguments.flag(3, "sort_keys", false);
  }

  private static Text indent(Value step) {
    if (step instanceof Text text) {
      return text;
    }
    long columns = Values.integer(step, "indent");
    if (columns < 0 || columns > 32) {
      throw new TemplateException("indent: expected 0 to 32 columns, found " + columns);
    }
    return Text.own(" ".repeat((int) columns));
  }

  static Text print(Value value, Arguments arguments, Budget budget) {
    JsonPrinter printer = new JsonPrinter(arguments, budget);
    printer.value(value, 0);
    return printer.out.toText();
  }

  private void value(Value value, int depth) {
    if (depth > DEEPEST) {
      throw new TemplateException("tojson: expected values that nest at most 100 deep");
    }
    switch (value) {
      case Value.None none -> out.own("null");
      case Value.Bool bool -> out.own(bool.value() ? "true" : "false");
      case Value.Int number -> out.own(Long.toString(number.value()));
      case Value.Real number -> out.own(real(number.value()));
      case Text text -> string(text);
      case Value.Items items -> list(items.values(), depth);
      case Value.Dict dict -> dictionary(dict, depth);
      case Value.Undefined other -> throw unsuitable(other);
      case Value.Namespace other -> throw unsuitable(other);
      case Value.Callable other -> throw unsuitable(other);
    }
  }

  private static TemplateException unsuitable(Value value) {
    return Values.wrongType("tojson", "a value that JSON knows", value);
  }

  private static String real(double value) {
    return Double.isNaN(value)
        ? "NaN"
        : Double.isInfinite(value) ? (value > 0 ? "Infinity" : "-Infinity") : Printer.real(value);
  }

  private void list(List<Value> items, int depth) {
    if (items.isEmpty()) {
      out.own("[]");
      return;
    }
    out.own("[");
    for (int i = 0; i < items.size(); i++) {
      between(i, depth + 1);
      value(items.get(i), depth + 1);
    }
    lineBreak(depth);
    out.own("]");
  }

  private void dictionary(Value.Dict dict, int depth) {
    if (dict.entries().isEmpty()) {
      out.own("{}");
      return;
    }
    List<Map.Entry<Value, Value>> entries = new ArrayList<>(dict.entries().entrySet());
    if (isSorted) {
      entries.sort(Comparator.comparing(entry -> key(entry.getKey()).characters()));
    }
    out.own("{");
    for (int i = 0; i < entries.size(); i++) {
      between(i, depth + 1);
      string(key(entries.get(i).getKey()));
      out.append(colon);
      value(entries.get(i).getValue(), depth + 1);
    }
    lineBreak(depth);
    out.own("}");
  }

  private static Text key(Value key) {
    return switch (key) {
      case Text text -> text;
      case Value.None none -> Text.own("null");
      case Value.Bool bool -> Text.own(bool.value() ? "true" : "false");
      case Value.Int number -> Text.own(Long.toString(number.value()));
      case Value.Real number -> Text.own(real(number.value()));
      default -> throw Values.wrongType("tojson", "a key that JSON knows", key);
    };
  }

  private void between(int i, int depth) {
    if (i > 0) {
      out.append(comma);
    }
    lineBreak(depth);
  }

  private void lineBreak(int depth) {
    if (isIndented) {
      out.own("\n");
      for (int i = 0; i < depth; i++) {
        out.append(indent);
      }
    }
  }

  private void string(Text text) {
    String all = text.characters();
    out.own("\"");
    int plain = 0;
    for (int i = 0; i < all.length(); i++) {
      String escaped = escape(all.charAt(i));
      if (escaped != null) {
        out.append(text.slice(plain, i));
        out.append(escaped, text.mark());
        plain = i + 1;
      }
    }
    out.append(text.slice(plain, all.length()));
    out.own("\"");
  }

  private @org.jspecify.annotations.Nullable String escape(char c) {
    return switch (c) {
      case '"' -> "\\\"";
      case '\\' -> "\\\\";
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      case '\f' -> "\\f";
      case '\b' -> "\\b";
      default ->
          c < ' ' || (isAscii && c > '~')
              ? "\\u"
                  + Printer.hex(c >> 12)
                  + Printer.hex(c >> 8 & 15)
                  + Printer.hex(c >> 4 & 15)
                  + Printer.hex(c & 15)
              : null;
    };
  }
}
