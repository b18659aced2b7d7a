package dev.zhixing.samples.eval.compare;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What is compared of each task. */
enum Metric {
  SUCCESS("success", "%.1f %%", 100),
  STEPS("steps", "%.2f", 1),
  INPUT("input tokens", "%.1f", 1),
  OUTPUT("output tokens", "%.1f", 1),
  PREFILLED("prefilled", "%.1f", 1),
  TIME("time", "%.3f s", 0.001);

  private final String label;
  private final String format;
  private final double scale;

  Metric(String label, String format, double scale) {
    this.label = label;
    this.format = format;
    this.scale = scale;
  }

  /** The name that people read. */
  String label() {
    return label;
  }

  /** The value of a task; null where its model does not report it. */
  @Nullable Double of(TaskRecord task) {
    Integer prefilled = task.cost().usage().prefilled();
    return switch (this) {
      case SUCCESS -> task.success() ? 1.0 : 0.0;
      case STEPS -> (double) task.cost().steps();
      case INPUT -> (double) task.cost().usage().input();
      case OUTPUT -> (double) task.cost().usage().output();
      case PREFILLED -> prefilled == null ? null : Double.valueOf(prefilled);
      case TIME -> (double) task.cost().millis();
    };
  }

  /** A value as people read it. */
  String inWords(double amount) {
    return String.format(Locale.ROOT, format, amount * scale);
  }

  /** A difference as people read it, with its sign. */
  String signed(double difference) {
    return String.format(Locale.ROOT, format.replace("%.", "%+."), difference * scale);
  }
}
