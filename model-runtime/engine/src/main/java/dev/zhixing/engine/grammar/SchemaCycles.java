package dev.zhixing.engine.grammar;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Refuses definitions that only lead to themselves, or of which no value ever ends. */
final class SchemaCycles {
  private final Map<String, Schema> named;
  private final Set<String> ending = new HashSet<>();

  private SchemaCycles(Schema.Definitions definitions) {
    named = new TreeMap<>(definitions.named());
  }

  static void check(Schema.Definitions definitions) {
    SchemaCycles cycles = new SchemaCycles(definitions);
    Set<String> done = new HashSet<>();
    for (String name : cycles.named.keySet()) {
      cycles.follow(name, new LinkedHashSet<>(), done);
    }
    boolean more = true;
    while (more) {
      more = false;
      for (Map.Entry<String, Schema> entry : cycles.named.entrySet()) {
        more |= cycles.ends(entry.getValue()) && cycles.ending.add(entry.getKey());
      }
    }
    for (String name : cycles.named.keySet()) {
      if (!cycles.ending.contains(name)) {
        throw new IllegalArgumentException(
            "%s: expected values that end, found that each contains another one".formatted(name));
      }
    }
  }

  /** Follows references that come before anything is written. */
  private void follow(String name, Set<String> path, Set<String> done) {
    if (done.contains(name)) {
      return;
    }
    if (!path.add(name)) {
      throw new IllegalArgumentException(
          "%s: expected a shape, found that it only refers to itself: %s".formatted(name, path));
    }
    Schema schema = named.get(name);
    if (schema != null) {
      followAll(schema, path, done);
    }
    path.remove(name);
    done.add(name);
  }

  private void followAll(Schema schema, Set<String> path, Set<String> done) {
    if (schema instanceof Schema.Ref ref) {
      follow(ref.name(), path, done);
    } else if (schema instanceof Schema.AnyOf any) {
      for (Schema option : any.options()) {
        followAll(option, path, done);
      }
    }
  }

  private boolean ends(Schema schema) {
    return switch (schema) {
      case Schema.Ref ref -> ending.contains(ref.name());
      case Schema.AnyOf any -> any.options().stream().anyMatch(this::ends);
      case Schema.Obj object ->
          object.properties().stream().allMatch(p -> !p.required() || ends(p.schema()));
      case Schema.Arr array -> {
        Integer min = array.min();
        yield min == null || min == 0 || ends(array.items());
      }
      case Schema.Tuple tuple -> ends(tuple);
      case Schema.Subset subset -> true;
      case Schema.Str string -> true;
      case Schema.Int integer -> true;
      case Schema.Num number -> true;
      case Schema.Bool bool -> true;
      case Schema.Null none -> true;
      case Schema.Enum choice -> true;
      case Schema.Const constant -> true;
      case Schema.Any any -> true;
      case Schema.Definitions inner -> true; // has been checked itself
    };
  }

  private boolean ends(Schema.Tuple tuple) {
    Integer min = tuple.min();
    int least = min == null ? 0 : min;
    Schema items = tuple.items();
    return tuple.prefix().stream().limit(least).allMatch(this::ends)
        && (least <= tuple.prefix().size() || (items != null && ends(items)));
  }
}
