package dev.zhixing.chat.template;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The functions that every template can call. */
final class Globals {
  private static final long MOST_IN_RANGE = 1_000_000;

  private Globals() {}

  static Scope scope(Budget budget, LocalDateTime now) {
    Scope scope = new Scope(null);
    scope.set("range", (Value.Callable) arguments -> range(arguments, budget));
    scope.set("namespace", (Value.Callable) Globals::namespace);
    scope.set("dict", (Value.Callable) arguments -> dict(arguments, budget));
    scope.set(
        "raise_exception",
        (Value.Callable)
            arguments -> {
              throw TemplateException.refusal(
                  "the model's chat template refuses this conversation: "
                      + Printer.text(arguments.get(0, "message", Text.EMPTY), budget));
            });
    scope.set(
        "strftime_now",
        (Value.Callable)
            arguments -> {
              Text format = arguments.text(0, "format");
              budget.characters((long) DateFormat.LONGEST_FIELD * format.length());
              return format.mapped(DateFormat.format(now, format.characters()));
            });
    return scope;
  }

  private static Value range(Arguments arguments, Budget budget) {
    int count = arguments.values().size();
    long first = count > 1 ? Values.integer(arguments.values().get(0), "range") : 0;
    long end = Values.integer(arguments.get(count > 1 ? 1 : 0, "stop"), "range");
    long step = arguments.integer(2, "step", 1);
    if (step == 0) {
      throw new TemplateException("range: expected a step other than 0");
    }
    List<Value> values = new ArrayList<>();
    for (long i = first; step > 0 ? i < end : i > end; i = plus(i, step)) {
      budget.step();
      if (values.size() == MOST_IN_RANGE) {
        throw new TemplateException("range: expected at most " + MOST_IN_RANGE + " numbers");
      }
      values.add(new Value.Int(i));
    }
    return new Value.Items(values);
  }

  /** The sum, or the last number there is where that is beyond it. */
  private static long plus(long i, long step) {
    long sum = i + step;
    boolean overflows = ((i ^ sum) & (step ^ sum)) < 0;
    return overflows ? step > 0 ? Long.MAX_VALUE : Long.MIN_VALUE : sum;
  }

  private static Value namespace(Arguments arguments) {
    Map<String, Value> attributes = new LinkedHashMap<>(arguments.named());
    for (Value value : arguments.values()) {
      if (value instanceof Value.Dict dict) {
        dict.entries()
            .forEach(
                (key, item) -> attributes.put(Values.text(key, "namespace").characters(), item));
      }
    }
    return new Value.Namespace(attributes);
  }

  private static Value dict(Arguments arguments, Budget budget) {
    Map<Value, Value> entries = new LinkedHashMap<>();
    for (Value value : arguments.values()) {
      if (value instanceof Value.Dict dict) {
        budget.steps(dict.entries().size());
        entries.putAll(dict.entries());
      }
    }
    arguments.named().forEach((name, value) -> entries.put(Text.own(name), value));
    return new Value.Dict(entries);
  }
}
