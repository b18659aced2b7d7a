package dev.zhixing.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhixing.engine.Model;
import dev.zhixing.engine.RandomModel;
import dev.zhixing.engine.Session;
import dev.zhixing.engine.tensor.TensorType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What processes of their own choose and compute, by the way Java was started. */
class KernelChoiceTest {
  private static final String VECTORS = "--add-modules=jdk.incubator.vector";

  @TempDir private Path folder;

  /** Prints the kernels' name, and what a model's logits hash to. */
  static final class Choose {
    private Choose() {}

    public static void main(String[] args) {
      System.out.println("chosen: " + KernelChoice.best().name());
      for (String model : args) {
        System.out.println("bits: " + bits(Path.of(model)));
      }
    }
  }

  /** Compares the vector kernels with the scalar ones; for interpreted code. */
  static final class Check {
    private Check() {}

    public static void main(String[] args) {
      System.out.println(
          "difference: "
              + KernelCheck.difference(new VectorKernels(), new MappedTensors().ofEachType()));
    }
  }

  /** Multiplies one input with a matrix of each type, on scalar kernels. */
  static final class Products {
    private Products() {}

    public static void main(String[] args) {
      new MappedTensors()
          .ofEachType()
          .forEach(
              (type, w) -> {
                float[] y = new float[w.rows()];
                new Linear(new ScalarKernels())
                    .apply(w, new float[w.columns()], 1, y, new Team(1), new Scratch());
                System.out.println("multiplied: " + type);
              });
    }
  }

  private static int bits(Path path) {
    try (Model model = Model.load(path);
        Session session = model.newSession()) {
      return Arrays.hashCode(session.append(IntStream.range(0, 100).toArray()));
    }
  }

  @Test
  void isLoudlyScalarWithoutTheVectorModule() throws Exception {
    Path model = RandomModel.small(folder);

    String output = run(Choose.class, List.of(model));

    assertThat(output)
        .contains("chosen: scalar")
        .contains("WARNING")
        .contains("--add-modules jdk.incubator.vector")
        .contains("bits: " + bits(model));
  }

  @Test
  void multipliesEachTypeWithoutTheVectorModule() throws Exception {
    String output = run(Products.class, List.of());

    for (TensorType type : TensorType.values()) {
      assertThat(output).contains("multiplied: " + type);
    }
  }

  @Test
  void isLoudlyScalarWhenVectorCodeIsNotCompiled() throws Exception {
    Path model = RandomModel.small(folder);

    String output = run(Choose.class, List.of(model), VECTORS, "-XX:TieredStopAtLevel=1");

    assertThat(output)
        .contains("chosen: scalar")
        .contains("has not compiled them")
        .contains("bits: " + bits(model));
  }

  @Test
  void vectorsOfAnyLengthGiveTheSameBits() throws Exception {
    Path bytes = RandomModel.small(folder);
    Path floats = RandomModel.odd(folder, TensorType.BF16);
    Path nibbles = RandomModel.blocks(folder, TensorType.Q4_0);
    Path small = RandomModel.blocks(folder, TensorType.Q5_1);
    Path big = RandomModel.blocks(folder, TensorType.Q6_K);
    List<Path> models = List.of(bytes, floats, nibbles, small, big);

    for (int size : new int[] {16, 32, 64}) {
      String output = run(Choose.class, models, VECTORS, "-XX:MaxVectorSize=" + size);

      assertThat(output)
          .contains("chosen: Vector API")
          .doesNotContain("dev.zhixing.engine.kernel")
          .contains("bits: " + bits(bytes))
          .contains("bits: " + bits(floats))
          .contains("bits: " + bits(nibbles))
          .contains("bits: " + bits(small))
          .contains("bits: " + bits(big));
    }
  }

  @Test
  void interpretedVectorsGiveTheSameBits() throws Exception {
    String output = run(Check.class, List.of(), VECTORS, "-Xint");

    assertThat(output).contains("difference: Optional.empty");
  }

  private static String run(Class<?> main, List<Path> arguments, String... flags)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(flags));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    arguments.forEach(argument -> command.add(argument.toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
