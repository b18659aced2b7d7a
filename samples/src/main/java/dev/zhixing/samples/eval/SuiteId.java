package dev.zhixing.samples.eval;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Tells whether two evaluations ran the same tasks in the same order, whatever files they came
 * from.
 *
 * @param sha256 the SHA-256 of all tasks, in hexadecimal, without regard to white space and the
 *     order of fields
 * @param tasks how many
 */
public record SuiteId(String sha256, int tasks) {

  private static final ObjectMapper CANONICAL =
      SuiteFile.JSON.rebuild().enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED).build();

  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

  public SuiteId {
    if (!DIGEST.matcher(sha256).matches()) {
      throw new IllegalArgumentException(
          "suite.sha256: expected 64 hexadecimal digits, found '" + sha256 + "'");
    }
  }

  /** The identity of {@code tasks}. */
  public static SuiteId of(List<EvalTask> tasks) {
    MessageDigest digest = newDigest();
    for (EvalTask task : tasks) {
      try {
        digest.update((CANONICAL.writeValueAsString(task.source()) + "\n").getBytes(UTF_8));
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("task " + task.id() + ": was read, cannot be written", e);
      }
    }
    return new SuiteId(HexFormat.of().formatHex(digest.digest()), tasks.size());
  }

  private static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
