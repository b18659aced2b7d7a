package dev.zhixing.agent.guardrail;

import java.util.List;

/**
 * A rule of a {@link RuleFile}: it fires when each of its chains is found and none of {@code
 * unless}.
 *
 * @param category what kind of harm it is about
 * @param looksBack whether all but the first chain may also be found in the turns before the
 *     request
 * @param chains what must be found
 * @param unless what must not be found
 * @param line the line of the file, for whoever wonders why it fired
 */
record Rule(String category, boolean looksBack, List<Chain> chains, Element unless, int line) {

  /** Elements that must be found one after the other, each near the one before. */
  record Chain(List<Element> elements) {
    boolean isFoundIn(Findings findings) {
      for (Findings.Span first : findings.of(elements.getFirst())) {
        if (goesOn(findings, 1, first.end())) {
          return true;
        }
      }
      return false;
    }

    private boolean goesOn(Findings findings, int next, int from) {
      if (next == elements.size()) {
        return true;
      }
      for (Findings.Span span : findings.of(elements.get(next))) {
        if (findings.follows(from, span.start()) && goesOn(findings, next + 1, span.end())) {
          return true;
        }
      }
      return false;
    }
  }

  /**
   * Any of several parts; a part is a list of the file or some terms of this rule, known by its
   * number.
   */
  record Element(List<Integer> parts) {}

  /**
   * Whether this rule fires for {@code request}, made after turns with which it is {@code whole}.
   */
  boolean fires(Findings request, Findings whole) {
    Findings rest = looksBack ? whole : request;
    for (int i = 0; i < chains.size(); i++) {
      if (!chains.get(i).isFoundIn(i == 0 ? request : rest)) {
        return false;
      }
    }
    return !rest.has(unless);
  }
}
