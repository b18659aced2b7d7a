package dev.zhixing.agent.journal;

import dev.zhixing.agent.AgentEvent;
import dev.zhixing.agent.redaction.Redaction;
import java.util.ArrayList;
import java.util.List;

/** The pieces of what a model said in one turn. */
final class Pieces {
  private Pieces() {}

  /**
   * {@code pieces} as they are if all of them together hold no secret; else one piece for each row
   * of pieces of the same kind.
   */
  static List<AgentEvent> redacted(List<AgentEvent> pieces, Redaction redaction) {
    List<AgentEvent> clean = new ArrayList<>();
    for (int i = 0; i < pieces.size(); ) {
      int end = i + 1;
      while (end < pieces.size() && pieces.get(end).getClass() == pieces.get(i).getClass()) {
        end++;
      }
      clean.addAll(row(pieces.subList(i, end), redaction));
      i = end;
    }
    return clean;
  }

  private static List<AgentEvent> row(List<AgentEvent> row, Redaction redaction) {
    StringBuilder whole = new StringBuilder();
    row.forEach(piece -> whole.append(text(piece)));
    String clean = redaction.text(whole.toString());
    return clean.contentEquals(whole) ? row : List.of(with(row.getFirst(), clean));
  }

  private static String text(AgentEvent piece) {
    return switch (piece) {
      case AgentEvent.Said(int _, String text) -> text;
      case AgentEvent.Thinking(int _, String text) -> text;
      default -> throw new IllegalArgumentException("not a piece: " + piece);
    };
  }

  private static AgentEvent with(AgentEvent piece, String text) {
    return piece instanceof AgentEvent.Thinking(int step, String _)
        ? new AgentEvent.Thinking(step, text)
        : new AgentEvent.Said(piece instanceof AgentEvent.Said s ? s.step() : 0, text);
  }
}
