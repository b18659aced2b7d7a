package dev.zhixing.engine;

import dev.zhixing.engine.transformer.Span;
import dev.zhixing.engine.transformer.Transformer;
import dev.zhixing.engine.transformer.Workspace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Appends tokens to several sessions of one model in common passes, which read the weights once for
 * all of them. Each session's logits are the bits that it would get alone. Used by one thread at a
 * time, which must be the one that uses the sessions.
 */
public final class SessionBatch {
  private final Transformer transformer;
  private final Workspace work;
  private final Head head;

  /**
   * Tokens for one session.
   *
   * @param session any session of the model, each once in a call
   * @param ids one token or more; not copied
   * @param wanted the indices of the ids behind which logits are wanted, ascending
   */
  @SuppressWarnings("ArrayRecordComponent") // a request, not a value to compare
  public record Part(Session session, int[] ids, int[] wanted) {
    /** With the logits behind the last token. */
    public static Part last(Session session, int... ids) {
      return new Part(session, ids, new int[] {ids.length - 1});
    }

    /** With the logits behind each token. */
    public static Part all(Session session, int... ids) {
      return new Part(session, ids, IntStream.range(0, ids.length).toArray());
    }
  }

  /** Receives logits. */
  @FunctionalInterface
  public interface Consumer {
    /**
     * Takes the logits of one position; of a session they come in order.
     *
     * @param part the index of the part
     * @param position the token's position in its session
     * @param logits one number per token of the vocabulary; may be changed, valid during the call
     */
    void accept(int part, int position, float[] logits);
  }

  SessionBatch(Transformer transformer) {
    this.transformer = transformer;
    this.work = new Workspace(transformer.config());
    this.head = new Head(transformer);
  }

  /**
   * Appends each part's tokens to its session.
   *
   * @throws ContextFullException if the tokens of one do not fit; nothing was appended then
   */
  public void append(List<Part> parts, Consumer consumer) {
    check(parts);
    int[] done = new int[parts.size()];
    int first = 0;
    while (first < parts.size()) {
      List<Slice> slices = new ArrayList<>();
      int room = work.capacity();
      for (int i = first; i < parts.size() && room > 0; i++) {
        int count = Math.min(room, parts.get(i).ids().length - done[i]);
        slices.add(new Slice(i, parts.get(i), done[i], count));
        done[i] += count;
        room -= count;
      }
      run(slices, consumer);
      while (first < parts.size() && done[first] == parts.get(first).ids().length) {
        first++;
      }
    }
  }

  /** What a pass takes of a part. */
  private record Slice(int index, Part part, int from, int count) {
    Span span() {
      return part.session().span(part.ids(), from, count);
    }
  }

  private void run(List<Slice> slices, Consumer consumer) {
    transformer.forward(slices.stream().map(Slice::span).toList(), work);
    int[] rows = new int[work.capacity()];
    int[] sliceOf = new int[rows.length];
    int[] positions = new int[rows.length];
    int count = 0;
    int row = 0;
    for (int s = 0; s < slices.size(); s++) {
      Slice slice = slices.get(s);
      int length = slice.part().session().length();
      for (int wanted : slice.part().wanted()) {
        if (wanted >= slice.from() && wanted < slice.from() + slice.count()) {
          rows[count] = row + wanted - slice.from();
          sliceOf[count] = s;
          positions[count] = length + wanted - slice.from();
          count++;
        }
      }
      slice.part().session().commit(slice.part().ids(), slice.from(), slice.count());
      row += slice.count();
    }
    head.each(
        Arrays.copyOf(rows, count),
        work,
        (i, logits) -> consumer.accept(slices.get(sliceOf[i]).index(), positions[i], logits));
  }

  private void check(List<Part> parts) {
    Set<Session> sessions = new HashSet<>();
    for (Part part : parts) {
      if (!part.session().runsOn(transformer) || !sessions.add(part.session())) {
        throw new IllegalArgumentException(
            "batch: expected each session once and of this model, found another or one twice");
      }
      if (part.ids().length == 0) {
        throw new IllegalArgumentException("batch: expected one token or more, found none");
      }
      Session.checkWanted(part.wanted(), part.ids().length);
      part.session().check(part.ids());
    }
  }
}
