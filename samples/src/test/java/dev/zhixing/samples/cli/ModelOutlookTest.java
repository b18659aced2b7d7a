package dev.zhixing.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhixing.engine.transformer.ModelConfig;
import dev.zhixing.samples.cli.ModelOutlook.Loading;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ModelOutlookTest {
  private static final long GIGABYTE = 1L << 30;

  /** 131,072 bytes a token, 16 gigabytes at the full context. */
  private static final Loading LLAMA =
      new Loading.Decoder(
          new ModelConfig(
              "llama", 131_072, 4096, 32, 32, 8, 128, 14_336, 128_256, 1e-5f, 5e5f, 128),
          128_256,
          null);

  @Test
  void countsKeysAndValues() {
    ModelOutlook outlook = outlook(LLAMA, 5, 64, 32);

    assertThat(outlook.cachePerToken()).isEqualTo(2 * 2 * 32 * 8 * 128);
    assertThat(outlook.onHeap()).isEqualTo(16 * GIGABYTE);
    assertThat(outlook.fits()).isTrue();
    assertThat(outlook.verdict()).isEqualTo("all fits");
  }

  @Test
  void saysWhatDoesNotFit() {
    assertThat(outlook(LLAMA, 5, 4, 2).verdict()).startsWith("the weights do not fit in memory");
    assertThat(outlook(LLAMA, 5, 13, 32).verdict()).endsWith("only with about 65,536 tokens");
    assertThat(outlook(LLAMA, 5, 64, 8).verdict()).endsWith("start Java with -Xmx20736m");
    assertThat(outlook(LLAMA, 5, 64, 8).fits()).isFalse();
  }

  @Test
  void knowsNoMemoryWhereTheMachineDoesNotTell() {
    assertThat(outlook(LLAMA, 5, 0, 32).fits()).isTrue();
    assertThat(outlook(new Loading.Refused("broken"), 5, 0, 32).fits()).isFalse();
  }

  private static ModelOutlook outlook(Loading loading, int weights, int memory, int heap) {
    return new ModelOutlook(
        Map.of(), loading, weights * GIGABYTE, memory * GIGABYTE, heap * GIGABYTE);
  }
}
