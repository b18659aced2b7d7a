package dev.zhixing.samples.eval;

import java.util.List;

/** Compares the calls that happened with those that must happen. */
final class CallMatching {

  private CallMatching() {}

  /** Whether the right tools were called: each as often as expected, and no other. */
  static boolean sameTools(Expectation expect, List<MadeCall> made) {
    List<String> expected = expect.calls().stream().map(ExpectedCall::tool).toList();
    List<String> actual = made.stream().map(MadeCall::tool).toList();
    return expect.inOrder()
        ? expected.equals(actual)
        : expected.stream().sorted().toList().equals(actual.stream().sorted().toList());
  }

  /** Whether exactly the expected calls happened, with their arguments. */
  static boolean sameCalls(Expectation expect, List<MadeCall> made) {
    List<ExpectedCall> expected = expect.calls();
    if (expected.size() != made.size()) {
      return false;
    }
    if (!expect.inOrder()) {
      return assign(0, expected, made, new boolean[made.size()]);
    }
    for (int i = 0; i < made.size(); i++) {
      if (!expected.get(i).matches(made.get(i))) {
        return false;
      }
    }
    return true;
  }

  // Backtracks: an expected call with loose matchers must not take the only call that a stricter
  // one fits. Tasks have a handful of calls.
  private static boolean assign(
      int next, List<ExpectedCall> expected, List<MadeCall> made, boolean[] taken) {
    if (next == expected.size()) {
      return true;
    }
    for (int i = 0; i < taken.length; i++) {
      if (!taken[i] && expected.get(next).matches(made.get(i))) {
        taken[i] = true;
        if (assign(next + 1, expected, made, taken)) {
          return true;
        }
        taken[i] = false;
      }
    }
    return false;
  }
}
