package dev.zhixing.samples.eval.compare;

/**
 * What was evaluated.
 *
 * @param model the model's name: a file's, or {@code openai:URL#MODEL}
 * @param sha256 the SHA-256 of the model's file in hexadecimal; empty for a remote model
 * @param planner the planner's name
 */
public record Setup(String model, String sha256, String planner) {

  /** Both names. */
  public String name() {
    return model + ", " + planner;
  }
}
