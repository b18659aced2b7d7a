package dev.zhixing.samples.cli;

import dev.zhixing.samples.recipe.tiny.TinyRecipe;
import dev.zhixing.training.optimizer.AdamW;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Trains zhixing-tiny, or goes on with an interrupted training. */
@Command(
    name = "tiny",
    description = {
      "Trains zhixing-tiny: vocabulary, training, export to GGUF. Ctrl-C writes a checkpoint; the"
          + " same command goes on from it. While a file named 'pause' lies in the folder, training"
          + " waits."
    },
    showDefaultValues = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {ExitStatus.HELP_DONE, ExitStatus.HELP_FAILED, ExitStatus.HELP_USAGE},
    footerHeading = "%nExamples:%n",
    footer = {
      "  zhixing train tiny --dir runs/tiny --data data",
      "  zhixing train tiny --dir runs/pilot --steps 300 --dim 128 --layers 4 --ffn 256"
    })
final class TrainTinyCommand implements Callable<Integer> {

  private enum Optimizer {
    MUON,
    ADAMW
  }

  private final Surroundings surroundings;

  @Option(names = "--dir", required = true, paramLabel = "DIR", description = "The run's folder.")
  private Path directory = Path.of("");

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Folder of public data sets; sets that are missing are left out.")
  private Path data = Path.of("data");

  @Option(names = "--export", description = "Only exports the latest checkpoint.")
  private boolean export;

  @Option(names = "--vocabulary", paramLabel = "N", description = "Tokens of the vocabulary.")
  private int vocabulary = 6144;

  @Option(names = "--dim", paramLabel = "N", description = "Width of the model.")
  private int dim = 256;

  @Option(names = "--layers", paramLabel = "N", description = "Number of blocks.")
  private int layers = 6;

  @Option(names = "--heads", paramLabel = "N", description = "Query heads.")
  private int heads = 8;

  @Option(names = "--kv-heads", paramLabel = "N", description = "Key and value heads.")
  private int kvHeads = 4;

  @Option(names = "--ffn", paramLabel = "N", description = "Width of the feed-forward layers.")
  private int ffn = 512;

  @Option(names = "--steps", paramLabel = "N", description = "Steps of the whole run.")
  private int steps = 4000;

  @Option(names = "--step-tokens", paramLabel = "N", description = "Tokens of a step.")
  private int tokensPerStep = 8192;

  @Option(
      names = "--decay-steps",
      paramLabel = "N",
      description = "Steps at the end over which the learning rate falls.")
  private int decaySteps = 1200;

  @Option(names = "--rate", paramLabel = "X", description = "Highest learning rate.")
  private double peak = 4e-3;

  @Option(
      names = "--optimizer",
      description = "What updates the matrices of the blocks: ${COMPLETION-CANDIDATES}.")
  private Optimizer optimizer = Optimizer.MUON;

  @Option(names = "--threads", paramLabel = "N", description = "Threads that train.")
  private int threads = 2;

  @Option(
      names = "--no-thinking",
      negatable = true,
      description = "Leaves out the short plan before calls.")
  private boolean thinking = true;

  @Option(names = "--seed", paramLabel = "N", description = "Seed of weights and documents.")
  private long seed = 1;

  TrainTinyCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    TinyRecipe recipe =
        new TinyRecipe(
            new TinyRecipe.Options(
                directory,
                data,
                vocabulary,
                dim,
                layers,
                heads,
                kvHeads,
                ffn,
                steps,
                tokensPerStep,
                decaySteps,
                peak,
                optimizer == Optimizer.ADAMW
                    ? AdamW.Settings.usual()
                    : AdamW.Settings.usual().withMuon(),
                threads,
                thinking,
                seed),
            surroundings.out());
    if (export) {
      recipe.export();
    } else {
      recipe.run();
    }
    return ExitStatus.ANSWERED;
  }
}
