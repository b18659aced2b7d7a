package dev.zhixing.engine.grammar;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Turns the schemas of strings into nodes; the same one is made once. For one thread. */
final class StringNodes {
  private static final CharTree ANY =
      new CharTree.Repeat(new CharTree.Chars(CodePoints.ALL), 0, Bounds.ANY);

  private final Map<String, CharDfa> known = new HashMap<>();

  /** A string's characters and closing quote. */
  Node body(Schema.Str string, String path) {
    Bounds bounds = SchemaCompiler.bounds(string.min(), string.max(), path, "characters");
    return string.patterns().isEmpty()
        ? new StringBody(bounds)
        : new PatternText(dfa(string, bounds, path), 0, true);
  }

  /**
   * The characters and closing quote of a property's name, for one of the kinds of others.
   *
   * @param listed names that it may not be
   */
  Node name(List<Schema.Others> others, int kind, List<String> listed, String path) {
    Schema.Str names = others.get(kind).names();
    CharDfa dfa =
        dfa(names, SchemaCompiler.bounds(names.min(), names.max(), path, "characters"), path);
    if (!listed.isEmpty()) {
      List<CharTree> literals = new ArrayList<>();
      for (String name : listed) {
        literals.add(CharTree.literal(name));
      }
      dfa = without(dfa, CharDfaBuilder.of(new CharTree.Choice(literals)), path);
    }
    for (int i = 0; i < others.size(); i++) {
      Schema.Str other = others.get(i).names();
      if (i != kind && !isFree(other)) {
        Bounds bounds = SchemaCompiler.bounds(other.min(), other.max(), path, "characters");
        dfa = without(dfa, dfa(other, bounds, path), path);
      }
    }
    return new PatternText(checked(dfa, path, "a name for other properties"), 0, true);
  }

  private static boolean isFree(Schema.Str string) {
    return string.patterns().isEmpty() && string.min() == null && string.max() == null;
  }

  private static CharDfa without(CharDfa dfa, CharDfa other, String path) {
    try {
      return CharDfaBuilder.without(dfa, other);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(path + ": " + e.getMessage(), e);
    }
  }

  private CharDfa dfa(Schema.Str string, Bounds bounds, String path) {
    String key = bounds.least() + ".." + bounds.most() + string.patterns();
    CharDfa dfa = known.get(key);
    if (dfa == null) {
      dfa = make(string, bounds, path);
      known.put(key, dfa);
    }
    return dfa;
  }

  private static CharDfa make(Schema.Str string, Bounds bounds, String path) {
    CharDfa dfa = CharDfaBuilder.of(ANY);
    try {
      for (String pattern : string.patterns()) {
        CharDfa matching = Regex.somewhere(pattern);
        dfa = CharDfaBuilder.both(dfa, matching);
      }
      if (bounds.least() > 0 || bounds.most() != Bounds.ANY) {
        dfa = CharDfaBuilder.limited(dfa, bounds);
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(path + ": " + e.getMessage(), e);
    }
    return checked(
        dfa,
        path,
        "a string of %s characters in which each of %s matches"
            .formatted(bounds, string.patterns()));
  }

  private static CharDfa checked(CharDfa dfa, String path, String what) {
    if (dfa.isEmpty()) {
      throw new IllegalArgumentException(
          path + ": expected " + what + ", found that there is none");
    }
    return dfa;
  }
}
