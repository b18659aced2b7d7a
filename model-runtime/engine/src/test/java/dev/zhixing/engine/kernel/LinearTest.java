package dev.zhixing.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhixing.engine.tensor.Tensor;
import dev.zhixing.engine.tensor.TensorType;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinearTest {
  private static final int COLUMNS = 512;

  private final MappedTensors tensors = new MappedTensors();

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 40})
  void severalProductsOfTheSameInputsAreTheBitsOfEach(int count) {
    List<Tensor> matrices =
        List.of(
            tensors.matrix(TensorType.Q4_K, 300, COLUMNS),
            tensors.matrix(TensorType.Q4_K, 7, COLUMNS),
            tensors.matrix(TensorType.Q6_K, 77, COLUMNS),
            tensors.matrix(TensorType.F32, 33, COLUMNS),
            tensors.matrix(TensorType.Q8_0, 1000, COLUMNS),
            tensors.matrix(TensorType.Q8_0, 1, COLUMNS));
    SplittableRandom random = new SplittableRandom(3);
    float[] x = new float[count * COLUMNS];
    for (int i = 0; i < x.length; i++) {
      x[i] = random.nextFloat() - 0.5f;
    }
    Linear linear = new Linear(new VectorKernels());
    try (Team team = new Team(3)) {
      Product[] products = new Product[matrices.size()];
      for (int i = 0; i < products.length; i++) {
        products[i] = new Product(matrices.get(i), new float[count * matrices.get(i).rows()]);
      }

      linear.apply(x, count, team, new Scratch(), products);

      for (int i = 0; i < products.length; i++) {
        float[] alone = new float[products[i].results().length];
        linear.apply(matrices.get(i), x, count, alone, new Team(1), new Scratch());
        assertThat(products[i].results()).as("product %d", i).containsExactly(alone);
      }
    }
  }
}
