package dev.zhixing.tool.calculator;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * A fraction in lowest terms with a positive denominator; {@code exact} is false once a root or a
 * constant has been rounded. Numbers are limited to about 5,000 digits, so that no operation takes
 * long.
 */
record Rational(BigInteger numerator, BigInteger denominator, boolean exact) {

  static final Rational ZERO = of(0);
  static final Rational ONE = of(1);

  private static final int MAX_BITS = 16_384;
  private static final int MAX_EXACT_DECIMALS = 30;
  private static final int ROUNDED_DIGITS = 10;
  private static final MathContext ROOT = new MathContext(40, RoundingMode.HALF_UP);

  Rational {
    if (denominator.signum() < 0) {
      numerator = numerator.negate();
      denominator = denominator.negate();
    }
    BigInteger divisor = numerator.gcd(denominator);
    if (divisor.bitLength() > 1) {
      numerator = numerator.divide(divisor);
      denominator = denominator.divide(divisor);
    }
    if (numerator.bitLength() > MAX_BITS || denominator.bitLength() > MAX_BITS) {
      throw tooLarge();
    }
  }

  static Rational of(long value) {
    return new Rational(BigInteger.valueOf(value), BigInteger.ONE, true);
  }

  /**
   * A decimal as a fraction.
   *
   * @throws ArithmeticException if it is too large or has too many decimals
   */
  static Rational of(BigDecimal value, boolean exact) {
    if (Math.abs((long) value.scale()) > MAX_BITS / 3) {
      throw tooLarge();
    }
    BigInteger unscaled = value.unscaledValue();
    return value.scale() >= 0
        ? new Rational(unscaled, BigInteger.TEN.pow(value.scale()), exact)
        : new Rational(
            unscaled.multiply(BigInteger.TEN.pow(-value.scale())), BigInteger.ONE, exact);
  }

  Rational plus(Rational other) {
    return new Rational(
        numerator.multiply(other.denominator).add(other.numerator.multiply(denominator)),
        denominator.multiply(other.denominator),
        exact && other.exact);
  }

  Rational minus(Rational other) {
    return plus(other.negate());
  }

  Rational times(Rational other) {
    return new Rational(
        numerator.multiply(other.numerator),
        denominator.multiply(other.denominator),
        exact && other.exact);
  }

  Rational dividedBy(Rational other) {
    if (other.numerator.signum() == 0) {
      throw new ArithmeticException("division by zero");
    }
    return new Rational(
        numerator.multiply(other.denominator),
        denominator.multiply(other.numerator),
        exact && other.exact);
  }

  /** What is left after division; it has the sign of this number, as in Java and JavaScript. */
  Rational remainder(Rational other) {
    Rational quotient = dividedBy(other);
    BigInteger whole = quotient.numerator.divide(quotient.denominator);
    return minus(other.times(new Rational(whole, BigInteger.ONE, true)));
  }

  Rational negate() {
    return new Rational(numerator.negate(), denominator, exact);
  }

  Rational abs() {
    return signum() < 0 ? negate() : this;
  }

  int signum() {
    return numerator.signum();
  }

  int compareTo(Rational other) {
    return numerator.multiply(other.denominator).compareTo(other.numerator.multiply(denominator));
  }

  boolean isWhole() {
    return denominator.equals(BigInteger.ONE);
  }

  /** The largest whole number that is not larger. */
  Rational floor() {
    BigInteger[] parts = numerator.divideAndRemainder(denominator);
    BigInteger whole = parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0];
    return new Rational(whole, BigInteger.ONE, true);
  }

  /** Rounded to so many decimals (negative: to tens, hundreds…), halves away from zero. */
  Rational round(int decimals) {
    Rational shift = of(BigDecimal.ONE.movePointRight(decimals), true);
    Rational half = new Rational(BigInteger.ONE, BigInteger.TWO, true);
    Rational rounded = abs().times(shift).plus(half).floor().dividedBy(shift);
    return signum() < 0 ? rounded.negate() : rounded;
  }

  /** The power with a whole exponent. */
  Rational power(BigInteger exponent) {
    if (exponent.signum() < 0) {
      return ONE.dividedBy(this).power(exponent.negate());
    }
    BigInteger size = numerator.abs().max(denominator);
    if (exponent.signum() == 0) {
      return ONE;
    }
    if (size.equals(BigInteger.ONE)) {
      return signum() < 0 && !exponent.testBit(0) ? ONE : this;
    }
    long bits = size.bitLength() - 1L;
    if (exponent.bitLength() > 31 || bits * exponent.intValueExact() > MAX_BITS) {
      throw tooLarge();
    }
    int n = exponent.intValueExact();
    return new Rational(numerator.pow(n), denominator.pow(n), exact);
  }

  /** The square root: exact where it is a fraction, else to 40 digits. */
  Rational squareRoot() {
    if (signum() < 0) {
      throw new ArithmeticException("a negative number has no real square root");
    }
    BigInteger[] top = numerator.sqrtAndRemainder();
    BigInteger[] bottom = denominator.sqrtAndRemainder();
    if (top[1].signum() == 0 && bottom[1].signum() == 0) {
      return new Rational(top[0], bottom[0], exact);
    }
    return of(quotient(ROOT.getPrecision() + 10).sqrt(ROOT), false);
  }

  /** As a decimal of so many significant digits. */
  BigDecimal quotient(int digits) {
    return new BigDecimal(numerator)
        .divide(new BigDecimal(denominator), new MathContext(digits, RoundingMode.HALF_UP));
  }

  /**
   * The decimal value. It is exact where the fraction ends within 30 decimals and nothing was
   * rounded before; else it is rounded to ten significant digits, and to no fewer than two
   * decimals.
   */
  BigDecimal toDecimal() {
    int twos = denominator.getLowestSetBit();
    int fives = 0;
    BigInteger rest = denominator.shiftRight(twos);
    BigInteger five = BigInteger.valueOf(5);
    while (rest.mod(five).signum() == 0) {
      rest = rest.divide(five);
      fives++;
    }
    int scale = Math.max(twos, fives);
    boolean ends = rest.equals(BigInteger.ONE) && scale <= MAX_EXACT_DECIMALS;
    if (ends && (exact || scale == 0)) {
      return tidy(new BigDecimal(numerator).divide(new BigDecimal(denominator)));
    }
    BigDecimal rounded = quotient(ROUNDED_DIGITS);
    if (rounded.scale() < 2) {
      int whole = numerator.bitLength() / 3 + 3;
      rounded = quotient(whole + 4).setScale(2, RoundingMode.HALF_UP);
    }
    return tidy(rounded);
  }

  private static BigDecimal tidy(BigDecimal value) {
    BigDecimal stripped = value.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }

  static ArithmeticException tooLarge() {
    return new ArithmeticException("the number is too large; at most some 1,000 digits are kept");
  }
}
