package dev.zhixing.engine.gguf;

import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Opens the parts of a split file and checks that they belong together. */
final class SplitParts {
  static final String COUNT = "split.count";

  private static final String NUMBER = "split.no";
  private static final String TENSORS = "split.tensors.count";
  private static final int MOST = 1000;

  /** How a part's name ends: {@code -00001-of-00003.gguf}. */
  private static final int ENDING = 20;

  private SplitParts() {}

  /**
   * Opens all parts.
   *
   * @param opened the part of this path, which has the key {@link #COUNT}
   */
  static List<GgufPart> open(Path path, GgufPart opened, Arena arena) {
    int count = number(opened, COUNT, MOST);
    if (count <= 1) {
      return List.of(opened);
    }
    int given = number(opened, NUMBER, count - 1);
    String name = opened.name();
    if (!name.endsWith(ending(given, count))) {
      throw new GgufException(
          "%s: expected a name that ends in '%s', as its keys say, found another; don't rename parts"
              .formatted(name, ending(given, count)));
    }
    String prefix = name.substring(0, name.length() - ENDING);
    List<GgufPart> parts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Path part = path.resolveSibling(prefix + ending(i, count));
      parts.add(i == given ? opened : GgufPart.open(part, arena));
      check(parts.getLast(), i, count);
    }
    checkTensors(parts);
    return parts;
  }

  private static String ending(int number, int count) {
    return "-%05d-of-%05d.gguf".formatted(number + 1, count);
  }

  private static void check(GgufPart part, int number, int count) {
    if (number(part, NUMBER, count - 1) != number || number(part, COUNT, MOST) != count) {
      throw new GgufException(
          "%s: expected part %d of %d, found part %d of %d; do the files belong together?"
              .formatted(
                  part.name(),
                  number + 1,
                  count,
                  number(part, NUMBER, count - 1) + 1,
                  number(part, COUNT, MOST)));
    }
  }

  private static void checkTensors(List<GgufPart> parts) {
    Set<String> names = new HashSet<>();
    for (GgufPart part : parts) {
      for (String name : part.tensors().keySet()) {
        addOnce(part, name, names);
      }
      for (String name : part.unsupported().keySet()) {
        addOnce(part, name, names);
      }
    }
    GgufPart first = parts.getFirst();
    long expected = first.metadata().findInteger(TENSORS).orElse(names.size());
    if (expected != names.size()) {
      throw new GgufException(
          "%s: key '%s': expected the %d tensors of all parts, found %d; do the files belong together?"
              .formatted(first.name(), TENSORS, names.size(), expected));
    }
  }

  private static void addOnce(GgufPart part, String name, Set<String> names) {
    if (!names.add(name)) {
      throw new GgufException(
          "%s: %s: expected a tensor that no other part has, found it in two"
              .formatted(part.name(), name));
    }
  }

  private static int number(GgufPart part, String key, int most) {
    long number = part.metadata().integer(key);
    if (number < 0 || number > most) {
      throw new GgufException(
          "%s: key '%s': expected 0 to %d, found %d".formatted(part.name(), key, most, number));
    }
    return (int) number;
  }
}
