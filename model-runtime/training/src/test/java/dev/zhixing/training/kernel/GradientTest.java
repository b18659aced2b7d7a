package dev.zhixing.training.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Each row operation's gradient against central differences of a double-precision formula. */
class GradientTest {
  private static final int ROWS = 3;
  private static final int WIDTH = 64;

  private final SplittableRandom random = new SplittableRandom(2);

  @Test
  void ofTheNormForInputsAndWeights() {
    float[] x = numbers(ROWS * WIDTH);
    float[] w = numbers(WIDTH);
    float[] dy = numbers(ROWS * WIDTH);
    float[] inverse = new float[ROWS];
    float[] dx = new float[ROWS * WIDTH];
    float[] dw = new float[WIDTH];
    NormKernel.inverse(x, 0, inverse, 0, ROWS, WIDTH, 1e-5f);
    NormKernel.backward(x, 0, inverse, 0, w, 0, dy, dx, dw, ROWS, WIDTH);
    check(dx, x, input -> dot(norm(input, widen(w)), dy));
    check(dw, w, weights -> dot(norm(widen(x), weights), dy));
  }

  @Test
  void ofTheGateForGatesAndUps() {
    float[] gateUp = numbers(ROWS * 2 * WIDTH);
    float[] dh = numbers(ROWS * WIDTH);
    float[] dgateUp = new float[ROWS * 2 * WIDTH];
    float[] hidden = new float[ROWS * WIDTH];
    GateKernel.backward(gateUp, 0, dh, dgateUp, hidden, ROWS, WIDTH);
    check(dgateUp, gateUp, input -> dot(gate(input), dh));
    float[] again = new float[ROWS * WIDTH];
    GateKernel.forward(gateUp, 0, again, ROWS, WIDTH);
    for (int i = 0; i < again.length; i++) {
      assertThat(Math.abs(again[i] - hidden[i])).isLessThan(1e-6f);
    }
  }

  @Test
  void ofTheRotationIsTheRotationBack() {
    for (int headWidth : new int[] {6, 32, 40}) {
      RotaryKernel rotary = new RotaryKernel(headWidth, 30, 10_000);
      float[] x = numbers(2 * headWidth);
      float[] dy = numbers(2 * headWidth);
      float[] dx = dy.clone();
      rotary.rotate(dx, 0, 2, 17, true);
      check(dx, x, input -> dot(rotate(input, headWidth, 17), dy));
      float[] there = x.clone();
      rotary.rotate(there, 0, 2, 17, false);
      double[] expected = rotate(widen(x), headWidth, 17);
      for (int i = 0; i < there.length; i++) {
        assertThat(Math.abs(there[i] - expected[i])).isLessThan(1e-6);
      }
    }
  }

  private static void check(float[] found, float[] at, ToDoubleFunction<double[]> function) {
    double[] x = widen(at);
    double errors = 0;
    double squares = 0;
    for (int i = 0; i < x.length; i++) {
      double value = x[i];
      x[i] = value + 1e-5;
      double above = function.applyAsDouble(x);
      x[i] = value - 1e-5;
      double below = function.applyAsDouble(x);
      x[i] = value;
      double expected = (above - below) / 2e-5;
      errors += Math.pow(found[i] - expected, 2);
      squares += expected * expected;
    }
    assertThat(Math.sqrt(errors / squares)).isLessThan(1e-6);
  }

  private static double[] norm(double[] x, double[] w) {
    double[] y = new double[x.length];
    for (int t = 0; t < ROWS; t++) {
      double squares = 0;
      for (int i = 0; i < WIDTH; i++) {
        squares += x[t * WIDTH + i] * x[t * WIDTH + i];
      }
      for (int i = 0; i < WIDTH; i++) {
        y[t * WIDTH + i] = x[t * WIDTH + i] * w[i] / Math.sqrt(squares / WIDTH + 1e-5);
      }
    }
    return y;
  }

  private static double[] gate(double[] gateUp) {
    double[] y = new double[ROWS * WIDTH];
    for (int t = 0; t < ROWS; t++) {
      for (int i = 0; i < WIDTH; i++) {
        double g = gateUp[t * 2 * WIDTH + i];
        y[t * WIDTH + i] = g / (1 + Math.exp(-g)) * gateUp[t * 2 * WIDTH + WIDTH + i];
      }
    }
    return y;
  }

  private static double[] rotate(double[] x, int headWidth, int position) {
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i += 2) {
      double angle = position * Math.pow(10_000, -(double) (i % headWidth) / headWidth);
      y[i] = x[i] * Math.cos(angle) - x[i + 1] * Math.sin(angle);
      y[i + 1] = x[i + 1] * Math.cos(angle) + x[i] * Math.sin(angle);
    }
    return y;
  }

  private static double dot(double[] x, float[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += x[i] * y[i];
    }
    return sum;
  }

  private static double[] widen(float[] x) {
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = x[i];
    }
    return y;
  }

  private float[] numbers(int n) {
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = (float) random.nextGaussian();
    }
    return x;
  }
}
