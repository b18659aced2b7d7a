package dev.zhixing.samples.cli;

import dev.zhixing.engine.sampling.Dry;
import dev.zhixing.engine.sampling.SamplingOptions;
import dev.zhixing.engine.sampling.SequenceBreakers;
import dev.zhixing.engine.tokenizer.Tokenizer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How to choose tokens, as options of a command; named as llama.cpp names them. */
final class SamplingArguments {

  @Option(
      names = "--temp",
      defaultValue = "0",
      paramLabel = "T",
      description = "Temperature; 0 always takes the likeliest token (default: ${DEFAULT-VALUE}).")
  private double temperature;

  @Option(
      names = "--top-k",
      defaultValue = "0",
      paramLabel = "K",
      description = "Only the K likeliest tokens; 0 for no limit (default: ${DEFAULT-VALUE}).")
  private int topK;

  @Option(
      names = "--top-p",
      defaultValue = "1",
      paramLabel = "P",
      description = "Only the likeliest tokens up to this share (default: ${DEFAULT-VALUE}).")
  private double topP;

  @Option(
      names = "--min-p",
      defaultValue = "0",
      paramLabel = "P",
      description =
          "Only tokens at least P times as likely as the likeliest (default: ${DEFAULT-VALUE}).")
  private double minP;

  @Option(
      names = "--typical",
      defaultValue = "1",
      paramLabel = "P",
      description = "Only the most typical tokens up to this share (default: ${DEFAULT-VALUE}).")
  private double typicalP;

  @Option(
      names = "--repeat-penalty",
      defaultValue = "1",
      paramLabel = "X",
      description = "Divides the logits of tokens that have occurred (default: ${DEFAULT-VALUE}).")
  private double repetitionPenalty;

  @Option(
      names = "--presence-penalty",
      defaultValue = "0",
      paramLabel = "X",
      description = "Taken once from tokens that have occurred (default: ${DEFAULT-VALUE}).")
  private double presencePenalty;

  @Option(
      names = "--frequency-penalty",
      defaultValue = "0",
      paramLabel = "X",
      description = "Taken from tokens for each time they occurred (default: ${DEFAULT-VALUE}).")
  private double frequencyPenalty;

  @Option(
      names = "--repeat-last-n",
      defaultValue = "64",
      paramLabel = "N",
      description = "These penalties look at the last N tokens (default: ${DEFAULT-VALUE}).")
  private int penaltyWindow;

  @Option(
      names = "--dry-multiplier",
      defaultValue = "0",
      paramLabel = "X",
      description =
          "What repeating a sequence costs ('don't repeat yourself'); 0 for nothing (default:"
              + " ${DEFAULT-VALUE}).")
  private double dryMultiplier;

  @Option(
      names = "--dry-base",
      defaultValue = "1.75",
      paramLabel = "X",
      description = "By what each further token multiplies that (default: ${DEFAULT-VALUE}).")
  private double dryBase;

  @Option(
      names = "--dry-allowed-length",
      defaultValue = "2",
      paramLabel = "N",
      description = "Shorter sequences may be repeated (default: ${DEFAULT-VALUE}).")
  private int dryAllowedLength;

  @Option(
      names = "--dry-penalty-last-n",
      paramLabel = "N",
      description = "Look for repetitions in the last N tokens (default: all).")
  private int dryRange = Integer.MAX_VALUE;

  @Option(
      names = "--dry-sequence-breaker",
      paramLabel = "TEXT",
      description =
          "Repetitions end at this text; may be given several times (default: line break, colon,"
              + " quotation mark, asterisk).")
  private @Nullable List<String> dryBreakers;

  @Option(
      names = "--logit-bias",
      paramLabel = "ID=BIAS",
      description = "Adds to a token's logit; -Infinity bans it. May be given several times.")
  private Map<Integer, Float> logitBias = new LinkedHashMap<>();

  @Option(
      names = "--seed",
      defaultValue = "0",
      paramLabel = "N",
      description = "The same seed gives the same text (default: ${DEFAULT-VALUE}).")
  private long seed;

  SamplingOptions options(Tokenizer tokenizer) {
    SamplingOptions.Builder options =
        SamplingOptions.builder()
            .temperature(temperature)
            .topK(topK)
            .topP(topP)
            .minP(minP)
            .typicalP(typicalP)
            .repetitionPenalty(repetitionPenalty)
            .presencePenalty(presencePenalty)
            .frequencyPenalty(frequencyPenalty)
            .penaltyWindow(penaltyWindow)
            .seed(seed);
    logitBias.forEach(options::bias);
    if (dryMultiplier != 0) {
      options.dry(new Dry(dryMultiplier, dryBase, dryAllowedLength, dryRange, breakers(tokenizer)));
    }
    return options.build();
  }

  private SequenceBreakers breakers(Tokenizer tokenizer) {
    return SequenceBreakers.texts(
        tokenizer, dryBreakers == null ? SequenceBreakers.USUAL : dryBreakers);
  }
}
