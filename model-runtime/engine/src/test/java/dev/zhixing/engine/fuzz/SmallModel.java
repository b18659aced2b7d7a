package dev.zhixing.engine.fuzz;

import dev.zhixing.engine.encoder.Encoder;
import dev.zhixing.engine.family.Families;
import dev.zhixing.engine.gguf.ModelFile;
import dev.zhixing.engine.kernel.DenseChoice;
import dev.zhixing.engine.kernel.KernelChoice;
import dev.zhixing.engine.kernel.Kernels;
import dev.zhixing.engine.kernel.Team;
import dev.zhixing.engine.transformer.KeyValueCache;
import dev.zhixing.engine.transformer.Span;
import dev.zhixing.engine.transformer.Transformer;
import dev.zhixing.engine.transformer.Workspace;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Makes a model out of a file and has it read one token, on plain Java kernels. */
final class SmallModel {
  private static final Kernels KERNELS = KernelChoice.scalar();
  private static final Logger LOG = Logger.getLogger("dev.zhixing.engine.encoder");

  static {
    LOG.setLevel(Level.WARNING); // a line for each model would be millions
  }

  private SmallModel() {}

  static void run(ModelFile file) {
    if (file.metadata().string("general.architecture").equals("bert")) {
      try (Encoder encoder = Encoder.of(file, 1, DenseChoice.scalar())) {
        encoder.embed(List.of(new int[] {0}));
      }
      return;
    }
    try (Team team = new Team(1)) {
      Transformer transformer = Families.read(file, KERNELS, team);
      Workspace work = new Workspace(transformer.config());
      KeyValueCache cache = new KeyValueCache(transformer.config());
      transformer.forward(List.of(new Span(cache, 0, new int[] {0}, 0, 1)), work);
      transformer.logits(0, new float[transformer.config().vocabularySize()], work);
    }
  }
}
