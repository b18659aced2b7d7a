package dev.zhixing.agent;

import java.util.List;

/**
 * What a person decided about the calls of a {@link RunResult.NeedsApproval}.
 *
 * @param hash which calls: {@link RunResult.NeedsApproval#hash()}, as the person saw them
 * @param decisions one for each of the calls, in their order
 */
public record Approval(String hash, List<Approver.Decision> decisions) {
  public Approval {
    decisions = List.copyOf(decisions);
  }

  /** The decisions about {@code calls} as entries of the journal. */
  List<JournalEntry.Decided> about(int step, List<RecordedCall> calls) {
    String expected = ToolCall.hash(calls);
    if (!hash.equals(expected)) {
      throw new IllegalArgumentException(
          "approval: expected the hash %s of the calls that wait, found %s; the calls are not those that were shown, look at them again"
              .formatted(expected, hash));
    }
    if (decisions.size() != calls.size()) {
      throw new IllegalArgumentException(
          "approval: expected a decision for each of %d calls, found %d"
              .formatted(calls.size(), decisions.size()));
    }
    return java.util.stream.IntStream.range(0, calls.size())
        .mapToObj(i -> decided(step, calls.get(i), decisions.get(i)))
        .toList();
  }

  private static JournalEntry.Decided decided(
      int step, RecordedCall call, Approver.Decision decision) {
    return switch (decision) {
      case Approver.Decision.Approve _ -> new JournalEntry.Decided(step, call, true, "");
      case Approver.Decision.Deny(String reason) ->
          new JournalEntry.Decided(step, call, false, reason);
    };
  }
}
