package dev.zhixing.chat;

import dev.zhixing.engine.Model;
import dev.zhixing.engine.Session;
import dev.zhixing.engine.SessionBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The probabilities of whole replies, from their end token too, so that none gains by being the
 * beginning of another: the request is read once, all replies in one common pass that shares its
 * keys and values.
 */
final class ReplyScores {
  private ReplyScores() {}

  /**
   * The probabilities of {@code replies} among themselves.
   *
   * @param session at the end of the request; not changed
   * @param logits those behind its last token
   * @param replies the tokens of each, one or more
   */
  static List<Double> of(Model model, Session session, float[] logits, List<int[]> replies) {
    double[] scores = new double[replies.size()];
    List<Session> forks = new ArrayList<>();
    List<SessionBatch.Part> parts = new ArrayList<>();
    List<Integer> owners = new ArrayList<>();
    try {
      for (int i = 0; i < scores.length; i++) {
        int[] ids = replies.get(i);
        scores[i] = logProbability(logits, ids[0]);
        if (ids.length > 1) {
          Session fork = session.fork();
          forks.add(fork);
          parts.add(SessionBatch.Part.all(fork, Arrays.copyOf(ids, ids.length - 1)));
          owners.add(i);
        }
      }
      int start = session.length();
      if (!parts.isEmpty()) {
        model
            .newBatch()
            .append(
                parts,
                (part, position, next) -> {
                  int owner = owners.get(part);
                  int id = replies.get(owner)[position - start + 1];
                  scores[owner] += logProbability(next, id);
                });
      }
    } finally {
      forks.forEach(Session::close);
    }
    return normalized(scores);
  }

  private static double logProbability(float[] logits, int id) {
    float most = Float.NEGATIVE_INFINITY;
    for (float logit : logits) {
      most = Math.max(most, logit);
    }
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit - most);
    }
    return logits[id] - most - Math.log(sum);
  }

  private static List<Double> normalized(double... scores) {
    double most = Arrays.stream(scores).max().orElseThrow();
    double[] shares = Arrays.stream(scores).map(score -> Math.exp(score - most)).toArray();
    double sum = Arrays.stream(shares).sum();
    return Arrays.stream(shares).mapToObj(share -> share / sum).toList();
  }
}
