package dev.zhixing.engine.grammar;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Refuses rules that begin with themselves, or of which no text ever ends. */
final class RuleCycles {
  private final Map<String, Rule> named;
  private final Predicate<String> matchesNothing;
  private final Set<String> empty = new HashSet<>(); // that nothing at all satisfies
  private final Set<String> ending = new HashSet<>();

  /**
   * Rules that all are defined.
   *
   * @param matchesNothing whether a pattern matches the empty text
   */
  RuleCycles(Rule.Rules rules, Predicate<String> matchesNothing) {
    this.named = new TreeMap<>(rules.named());
    this.matchesNothing = matchesNothing;
    boolean more = true;
    while (more) {
      more = false;
      for (Map.Entry<String, Rule> entry : named.entrySet()) {
        more |= isEmpty(entry.getValue()) && empty.add(entry.getKey());
        more |= ends(entry.getValue()) && ending.add(entry.getKey());
      }
    }
  }

  void check() {
    Set<String> done = new HashSet<>();
    for (String name : named.keySet()) {
      follow(name, new LinkedHashSet<>(), done);
      if (!ending.contains(name)) {
        throw new IllegalArgumentException(
            "rule %s: expected texts that end, found that each contains another one"
                .formatted(name));
      }
    }
  }

  private void follow(String name, Set<String> path, Set<String> done) {
    if (done.contains(name)) {
      return;
    }
    if (!path.add(name)) {
      throw new IllegalArgumentException(
          "rule %s: expected that it does not begin with itself, found left recursion through %s;"
                  .formatted(name, path)
              + " write it as a repetition, such as a (b a)* for a | r b a");
    }
    Rule rule = named.get(name);
    if (rule != null) {
      followFirst(rule, path, done);
    }
    path.remove(name);
    done.add(name);
  }

  /** Follows references that come before anything is written. */
  private void followFirst(Rule rule, Set<String> path, Set<String> done) {
    switch (rule) {
      case Rule.Ref ref -> follow(ref.name(), path, done);
      case Rule.Choice choice -> choice.options().forEach(o -> followFirst(o, path, done));
      case Rule.Repeat repeat -> followFirst(repeat.rule(), path, done);
      case Rule.Sequence sequence -> {
        for (Rule part : sequence.rules()) {
          followFirst(part, path, done);
          if (!isEmpty(part)) {
            return;
          }
        }
      }
      case Rule.Literal literal -> {}
      case Rule.Text text -> {}
      case Rule.Json json -> {}
      case Rule.Keywords keywords -> {}
      case Rule.Token token -> {}
      case Rule.Pattern pattern -> {}
      case Rule.Free free -> {}
      case Rule.Rules inner -> {}
    }
  }

  /** Whether nothing at all satisfies the rule. */
  private boolean isEmpty(Rule rule) {
    return switch (rule) {
      case Rule.Literal literal -> literal.text().isEmpty();
      case Rule.Sequence sequence -> sequence.rules().stream().allMatch(this::isEmpty);
      case Rule.Choice choice -> choice.options().stream().anyMatch(this::isEmpty);
      case Rule.Repeat repeat -> repeat.min() == 0 || isEmpty(repeat.rule());
      case Rule.Text text -> text.min() == 0;
      case Rule.Free free -> true;
      case Rule.Json json -> false;
      case Rule.Keywords keywords -> true; // if none is required
      case Rule.Token token -> false;
      case Rule.Pattern pattern -> matchesNothing.test(pattern.regex());
      case Rule.Ref ref -> empty.contains(ref.name());
      case Rule.Rules inner -> new RuleCycles(inner, matchesNothing).isEmpty(inner.root());
    };
  }

  private boolean ends(Rule rule) {
    return switch (rule) {
      case Rule.Sequence sequence -> sequence.rules().stream().allMatch(this::ends);
      case Rule.Choice choice -> choice.options().stream().anyMatch(this::ends);
      case Rule.Repeat repeat -> repeat.min() == 0 || ends(repeat.rule());
      case Rule.Ref ref -> ending.contains(ref.name());
      case Rule.Literal literal -> true;
      case Rule.Text text -> true;
      case Rule.Free free -> true;
      case Rule.Json json -> true;
      case Rule.Keywords keywords -> true;
      case Rule.Token token -> true;
      case Rule.Pattern pattern -> true;
      case Rule.Rules inner -> true; // has been checked itself
    };
  }
}
