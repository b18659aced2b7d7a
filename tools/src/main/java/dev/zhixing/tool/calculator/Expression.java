package dev.zhixing.tool.calculator;

import dev.zhixing.tool.calculator.Token.Kind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Evaluates arithmetic exactly, with fractions: {@code 1/8+3/16} is 0.3125 and {@code 1/3*3} is 1.
 *
 * <ul>
 *   <li>{@code + - * / ^}, also {@code ** × ÷ −}, full-width forms, {@code of} and {@code x} for
 *       times, {@code mod}; {@code ^} binds to the right and more tightly than a sign.
 *   <li>{@code %} before an operand (a digit, a name, a parenthesis) is the remainder, with the
 *       dividend's sign; everywhere else, before {@code + - * / ^ )} or the end, it is per cent:
 *       {@code 2350*17%} is 399.5, {@code 7%3} is 1, {@code 7% - 3} is -2.93.
 *   <li>{@code sqrt round(x) round(x, n) min max abs floor ceil}, {@code pi}, {@code e}; {@code
 *       round} takes halves away from zero.
 *   <li>{@code 1,234.5} is one number, except among a function's arguments, where a comma parts
 *       them.
 * </ul>
 *
 * A result that does not end within 30 decimals is rounded to ten significant digits, halves up,
 * but never to fewer than two decimals. Expressions are limited to 2,000 characters and a nesting
 * of 100, numbers to some 5,000 digits on the way and 1,000 in the result: {@code 9^9^9} is an
 * error, not a hang.
 */
public final class Expression {

  private static final int MAX_LENGTH = 2_000;
  private static final int MAX_DEPTH = 100;
  private static final int MAX_RESULT = 1_000;
  private static final Rational HUNDRED = Rational.of(100);

  private final List<Token> tokens;
  private int next;
  private int depth;

  private Expression(List<Token> tokens) {
    this.tokens = tokens;
  }

  /**
   * The value of an expression, without trailing zeros; {@code toPlainString()} shows it.
   *
   * @throws ExpressionException if the text is not an expression, or has no value
   */
  public static BigDecimal evaluate(String expression) {
    if (expression.length() > MAX_LENGTH) {
      throw new ExpressionException(
          "the expression is longer than " + MAX_LENGTH + " characters", MAX_LENGTH);
    }
    var parser = new Expression(Lexer.tokens(expression));
    if (parser.peek().kind() == Kind.END) {
      throw new ExpressionException("the expression is empty", 1);
    }
    Rational value = parser.sum();
    parser.expectEnd();
    BigDecimal decimal = value.toDecimal();
    if (decimal.toPlainString().length() > MAX_RESULT) {
      throw new ExpressionException("the result has more than 1,000 digits", 1);
    }
    return decimal;
  }

  private Rational sum() {
    Rational value = product();
    while (true) {
      Token operator = peek();
      switch (operator.kind()) {
        case PLUS -> value = combine(operator, value, this::product, Rational::plus);
        case MINUS -> value = combine(operator, value, this::product, Rational::minus);
        default -> {
          return value;
        }
      }
    }
  }

  private Rational product() {
    Rational value = signed();
    while (true) {
      Token operator = peek();
      switch (operator.kind()) {
        case TIMES -> value = combine(operator, value, this::signed, Rational::times);
        case DIVIDE -> value = combine(operator, value, this::signed, Rational::dividedBy);
        case PERCENT, REMAINDER ->
            value = combine(operator, value, this::signed, Rational::remainder);
        default -> {
          return value;
        }
      }
    }
  }

  private Rational signed() {
    Token sign = peek();
    return switch (sign.kind()) {
      case MINUS -> {
        next++;
        yield nested(sign, this::signed).negate();
      }
      case PLUS -> {
        next++;
        yield nested(sign, this::signed);
      }
      default -> power();
    };
  }

  private Rational power() {
    Rational base = postfix();
    Token operator = peek();
    return operator.kind() == Kind.POWER
        ? combine(operator, base, () -> nested(operator, this::signed), Functions::power)
        : base;
  }

  private Rational postfix() {
    Rational value = operand();
    while (peek().kind() == Kind.PERCENT && !tokens.get(next + 1).beginsOperand()) {
      next++;
      value = value.dividedBy(HUNDRED);
    }
    return value;
  }

  private Rational operand() {
    Token token = peek();
    next++;
    return switch (token.kind()) {
      case NUMBER -> computed(token, () -> Rational.of(new BigDecimal(token.text()), true));
      case NAME -> named(token);
      case OPEN -> {
        Rational value = nested(token, this::sum);
        close(token);
        yield value;
      }
      case END ->
          throw new ExpressionException(
              "the expression ends where a number is expected", token.at());
      default ->
          throw new ExpressionException("expected a number, found " + token.shown(), token.at());
    };
  }

  private Rational named(Token name) {
    Rational constant = Functions.constant(name.text());
    if (constant != null) {
      return constant;
    }
    if (!Functions.isFunction(name.text())) {
      throw new ExpressionException(
          "unknown name " + name.shown() + "; known are " + Functions.NAMES + ", pi, e", name.at());
    }
    if (name.text().equals("√") && peek().kind() != Kind.OPEN) {
      Rational operand = nested(name, this::operand);
      return computed(name, operand::squareRoot);
    }
    Token open = peek();
    if (open.kind() != Kind.OPEN) {
      throw new ExpressionException(
          "expected '(' after " + name.text() + ", found " + open.shown(), open.at());
    }
    next++;
    List<Rational> arguments = new ArrayList<>();
    arguments.add(nested(open, this::sum));
    while (peek().kind() == Kind.COMMA) {
      next++;
      arguments.add(nested(open, this::sum));
    }
    close(open);
    return computed(name, () -> Functions.apply(name.text(), arguments));
  }

  private void close(Token open) {
    Token token = peek();
    if (token.kind() == Kind.CLOSE) {
      next++;
    } else if (token.kind() == Kind.END) {
      throw new ExpressionException("this '(' is never closed", open.at());
    } else {
      throw unexpected(token);
    }
  }

  private void expectEnd() {
    if (peek().kind() != Kind.END) {
      throw unexpected(peek());
    }
  }

  private static ExpressionException unexpected(Token token) {
    String why =
        switch (token.kind()) {
          case COMMA -> "unexpected ','; decimals are written with a point, thousands as in 1,234";
          case CLOSE -> "this ')' closes nothing";
          case NUMBER, NAME, OPEN ->
              "expected an operator before " + token.shown() + ", for instance *";
          default -> "unexpected " + token.shown();
        };
    return new ExpressionException(why, token.at());
  }

  private Rational combine(
      Token operator, Rational left, Supplier<Rational> operand, Operation operation) {
    next++;
    Rational right = operand.get();
    return computed(operator, () -> operation.apply(left, right));
  }

  private static Rational computed(Token at, Supplier<Rational> computation) {
    try {
      return computation.get();
    } catch (ArithmeticException e) {
      throw new ExpressionException(String.valueOf(e.getMessage()), at.at());
    }
  }

  private Rational nested(Token at, Supplier<Rational> part) {
    if (++depth > MAX_DEPTH) {
      throw new ExpressionException("nested more than " + MAX_DEPTH + " deep", at.at());
    }
    Rational value = part.get();
    depth--;
    return value;
  }

  private Token peek() {
    return tokens.get(next);
  }

  private interface Operation {
    Rational apply(Rational left, Rational right);
  }
}
