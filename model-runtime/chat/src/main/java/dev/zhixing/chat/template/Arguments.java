package dev.zhixing.chat.template;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The arguments of a call: by place, then by name. */
record Arguments(List<Value> values, Map<String, Value> named) {
  static final Arguments NONE = new Arguments(List.of(), Map.of());

  int count() {
    return values.size() + named.size();
  }

  @Nullable Value find(int place, String name) {
    return place < values.size() ? values.get(place) : named.get(name);
  }

  Value get(int place, String name) {
    Value value = find(place, name);
    if (value == null) {
      throw new TemplateException("expected the argument '" + name + "', found none");
    }
    return value;
  }

  Value get(int place, String name, Value otherwise) {
    Value value = find(place, name);
    return value == null ? otherwise : value;
  }

  Text text(int place, String name) {
    return Values.text(get(place, name), name);
  }

  boolean flag(int place, String name, boolean otherwise) {
    Value value = find(place, name);
    return value == null ? otherwise : Values.isTrue(value);
  }

  long integer(int place, String name, long otherwise) {
    Value value = find(place, name);
    return value == null || value instanceof Value.None ? otherwise : Values.integer(value, name);
  }

  /** Without the first value by place. */
  Arguments rest() {
    return values.isEmpty() ? this : new Arguments(values.subList(1, values.size()), named);
  }
}
