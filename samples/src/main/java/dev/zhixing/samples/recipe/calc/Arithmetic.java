package dev.zhixing.samples.recipe.calc;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Evaluates the recipe's own expressions as the calculator tool does: exact decimals, rounded to 10
 * decimals where they do not end, {@code %} without an operand behind it means per cent. One use.
 */
final class Arithmetic {

  private static final MathContext PRECISION = new MathContext(40);

  private final String text;
  private int at;

  private Arithmetic(String text) {
    this.text = text;
  }

  static BigDecimal evaluate(String expression) {
    Arithmetic parser = new Arithmetic(expression);
    BigDecimal value = parser.sum();
    if (parser.at < expression.length()) {
      throw new IllegalArgumentException(
          "%s: expected an operator at column %d, found '%c'"
              .formatted(expression, parser.at, expression.charAt(parser.at)));
    }
    BigDecimal rounded = value.setScale(10, RoundingMode.HALF_UP).stripTrailingZeros();
    return rounded.scale() < 0 ? rounded.setScale(0) : rounded;
  }

  private BigDecimal sum() {
    BigDecimal left = product();
    while (at < text.length()) {
      if (take('+')) {
        left = left.add(product());
      } else if (take('-')) {
        left = left.subtract(product());
      } else {
        break;
      }
    }
    return left;
  }

  private BigDecimal product() {
    BigDecimal left = signed();
    while (at < text.length()) {
      if (take('*')) {
        left = left.multiply(signed());
      } else if (take('/')) {
        left = left.divide(signed(), PRECISION);
      } else if (at + 1 < text.length()
          && text.charAt(at) == '%'
          && startsOperand(text.charAt(at + 1))) {
        at++;
        left = left.remainder(signed());
      } else {
        break;
      }
    }
    return left;
  }

  private static boolean startsOperand(char c) {
    return Character.isDigit(c) || Character.isLetter(c) || c == '(';
  }

  private BigDecimal signed() {
    return take('-') ? signed().negate() : power();
  }

  private BigDecimal power() {
    BigDecimal base = atom();
    if (take('^')) {
      base = base.pow(signed().intValueExact());
    }
    boolean percent =
        at < text.length()
            && text.charAt(at) == '%'
            && (at + 1 == text.length() || !startsOperand(text.charAt(at + 1)));
    if (percent) {
      at++;
      base = base.movePointLeft(2);
    }
    return base;
  }

  private BigDecimal atom() {
    if (take('(')) {
      BigDecimal inner = sum();
      expect(')');
      return inner;
    }
    if (text.startsWith("sqrt(", at)) {
      at += 5;
      BigDecimal inner = sum();
      expect(')');
      return inner.sqrt(PRECISION);
    }
    int start = at;
    while (at < text.length() && (Character.isDigit(text.charAt(at)) || text.charAt(at) == '.')) {
      at++;
    }
    if (start == at) {
      throw new IllegalArgumentException(
          "%s: expected a number at column %d".formatted(text, start));
    }
    return new BigDecimal(text.substring(start, at));
  }

  private void expect(char c) {
    if (!take(c)) {
      throw new IllegalArgumentException("%s: expected '%c' at column %d".formatted(text, c, at));
    }
  }

  private boolean take(char c) {
    if (at < text.length() && text.charAt(at) == c) {
      at++;
      return true;
    }
    return false;
  }
}
