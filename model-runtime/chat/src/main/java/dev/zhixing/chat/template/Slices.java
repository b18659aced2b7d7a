package dev.zhixing.chat.template;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Items and slices of sequences, with Python's negative indices. */
final class Slices {
  private final Budget budget;

  Slices(Budget budget) {
    this.budget = budget;
  }

  /** The item at an index or of a key; null where there is none. */
  @Nullable Value item(Value of, Value index) {
    return switch (of) {
      case Value.Dict dict ->
          index instanceof Value.Dict || (index instanceof Value.Items items && !items.isTuple())
              ? null // as Jinja, which looks no further where there is no such key
              : dict.entries().get(Values.key(index, budget));
      case Value.Items items -> index instanceof Value.Int at ? at(items.values(), at) : null;
      case Text text -> index instanceof Value.Int at ? character(text, at) : null;
      default -> null;
    };
  }

  private static @Nullable Value at(List<Value> values, Value.Int index) {
    long i = index.value() < 0 ? index.value() + values.size() : index.value();
    return i >= 0 && i < values.size() ? values.get((int) i) : null;
  }

  private @Nullable Text character(Text text, Value.Int index) {
    int size = Values.length(text, budget);
    long i = index.value() < 0 ? index.value() + size : index.value();
    return i >= 0 && i < size ? range(text, (int) i, (int) i + 1) : null;
  }

  Value slice(Value of, @Nullable Value from, @Nullable Value to, @Nullable Value step) {
    if (of instanceof Value.Undefined) {
      throw Values.wrongType("slice", "a string or list", of);
    }
    long stride = step == null || step instanceof Value.None ? 1 : Values.integer(step, "step");
    if (stride == 0) {
      throw new TemplateException("slice: expected a step other than 0");
    }
    if (of instanceof Text text && stride == 1) {
      return part(text, from, to);
    }
    List<Value> all = Values.elements(of, budget, "slice");
    int size = all.size();
    stride = Math.clamp(stride, -size - 1L, size + 1L); // so that no index overflows
    long first = bound(from, stride > 0 ? 0 : size - 1, size, stride);
    long end = bound(to, stride > 0 ? size : -1, size, stride);
    List<Value> chosen = new ArrayList<>();
    for (long i = first; stride > 0 ? i < end : i > end; i += stride) {
      budget.step();
      chosen.add(all.get((int) i));
    }
    if (of instanceof Text) {
      TextBuilder out = new TextBuilder(budget);
      chosen.forEach(character -> out.append(Values.text(character, "slice")));
      return out.toText();
    }
    return new Value.Items(chosen, of instanceof Value.Items items && items.isTuple());
  }

  private Text part(Text text, @Nullable Value from, @Nullable Value to) {
    int size = Values.length(text, budget);
    long first = bound(from, 0, size, 1);
    long end = bound(to, size, size, 1);
    return range(text, (int) first, (int) Math.max(first, end));
  }

  private static Text range(Text text, int from, int to) {
    int start = text.characters().offsetByCodePoints(0, from);
    return text.slice(start, text.characters().offsetByCodePoints(start, to - from));
  }

  private static long bound(@Nullable Value given, int otherwise, int size, long stride) {
    if (given == null || given instanceof Value.None) {
      return otherwise;
    }
    long i = Values.integer(given, "slice");
    if (i < 0) {
      i = Math.max(i, -(long) size - 1) + size;
    }
    return stride > 0 ? Math.clamp(i, 0, size) : Math.clamp(i, -1, size - 1);
  }
}
