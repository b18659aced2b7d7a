package dev.zhixing.tool.calculator;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The functions and constants that an expression may name, and powers. */
final class Functions {

  static final String NAMES = "sqrt, round, min, max, abs, floor, ceil";

  private static final int MAX_ROUND = 30;
  private static final int MAX_ROOT = 64;
  private static final BigDecimal PI = new BigDecimal("3.141592653589793238462643383279502884197");
  private static final BigDecimal E = new BigDecimal("2.718281828459045235360287471352662497757");

  private Functions() {}

  /** The constant of this name, or null. */
  static @Nullable Rational constant(String name) {
    return switch (name) {
      case "pi", "PI" -> Rational.of(PI, false);
      case "e" -> Rational.of(E, false);
      default -> null;
    };
  }

  static boolean isFunction(String name) {
    return name.equals("√") || NAMES.matches(".*\\b" + name + "\\b.*");
  }

  /**
   * Applies a function.
   *
   * @throws ArithmeticException if the arguments do not fit; the message says how
   */
  static Rational apply(String name, List<Rational> arguments) {
    return switch (name) {
      case "sqrt", "√" -> only(name, arguments).squareRoot();
      case "abs" -> only(name, arguments).abs();
      case "floor" -> only(name, arguments).floor();
      case "ceil" -> only(name, arguments).negate().floor().negate();
      case "min" -> arguments.stream().reduce((a, b) -> a.compareTo(b) <= 0 ? a : b).orElseThrow();
      case "max" -> arguments.stream().reduce((a, b) -> a.compareTo(b) >= 0 ? a : b).orElseThrow();
      case "round" -> round(arguments);
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static Rational only(String name, List<Rational> arguments) {
    if (arguments.size() != 1) {
      throw new ArithmeticException(
          name + " takes one argument, found " + arguments.size() + thousandsHint(arguments));
    }
    return arguments.getFirst();
  }

  private static String thousandsHint(List<Rational> arguments) {
    return arguments.size() > 1 ? "; write large numbers without commas" : "";
  }

  private static Rational round(List<Rational> arguments) {
    if (arguments.size() > 2) {
      throw new ArithmeticException("round takes a number and its decimals: round(2.345, 2)");
    }
    Rational decimals = arguments.size() == 2 ? arguments.getLast() : Rational.ZERO;
    if (!decimals.isWhole() || decimals.numerator().abs().intValueExact() > MAX_ROUND) {
      throw new ArithmeticException(
          "round: expected a whole number of decimals from -30 to 30 after the comma");
    }
    return arguments.getFirst().round(decimals.numerator().intValueExact());
  }

  /**
   * A power with any exponent. A fractional exponent gives the exact root where there is one, else
   * a value of 15 digits.
   */
  static Rational power(Rational base, Rational exponent) {
    if (base.signum() == 0 && exponent.signum() < 0) {
      throw new ArithmeticException("division by zero");
    }
    if (exponent.isWhole()) {
      return base.power(exponent.numerator());
    }
    if (base.signum() < 0) {
      throw new ArithmeticException("a negative number has no real power with a fraction");
    }
    if (base.signum() == 0) {
      return Rational.ZERO;
    }
    if (exponent.denominator().equals(BigInteger.TWO)) {
      return base.squareRoot().power(exponent.numerator());
    }
    Rational root = exactRoot(base, exponent.denominator());
    return root != null ? root.power(exponent.numerator()) : approximatePower(base, exponent);
  }

  private static @Nullable Rational exactRoot(Rational base, BigInteger degree) {
    if (degree.bitLength() > 7 || degree.intValueExact() > MAX_ROOT) {
      return null;
    }
    BigInteger top = exactRoot(base.numerator(), degree.intValueExact());
    BigInteger bottom = exactRoot(base.denominator(), degree.intValueExact());
    return top == null || bottom == null ? null : new Rational(top, bottom, base.exact());
  }

  private static @Nullable BigInteger exactRoot(BigInteger value, int degree) {
    double guess = Math.pow(value.doubleValue(), 1.0 / degree);
    if (!(guess < 1e15)) {
      return null;
    }
    BigInteger root = BigInteger.valueOf(Math.round(guess));
    return root.pow(degree).equals(value) ? root : null;
  }

  private static Rational approximatePower(Rational base, Rational exponent) {
    double value = Math.pow(base.quotient(20).doubleValue(), exponent.quotient(20).doubleValue());
    if (Double.isInfinite(value) || Double.isNaN(value)) {
      throw Rational.tooLarge();
    }
    var fifteenDigits = new MathContext(15, RoundingMode.HALF_UP);
    return Rational.of(new BigDecimal(value, fifteenDigits), false);
  }
}
