package dev.zhixing.chat.template;

import dev.zhixing.chat.template.Expression.Binary;
import dev.zhixing.chat.template.Expression.Constant;
import dev.zhixing.chat.template.Expression.Given;
import dev.zhixing.chat.template.Expression.Logical;
import dev.zhixing.chat.template.Expression.Unary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads expressions by precedence, as Jinja's documentation orders it. */
final class ExpressionParser {
  private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");
  private static final Set<String> NOT_AN_ARGUMENT = Set.of("else", "or", "and", "is", "if", "in");

  private final Tokens tokens;

  ExpressionParser(Tokens tokens) {
    this.tokens = tokens;
  }

  /** An expression, or several parted by commas as a tuple. */
  Expression tuple(boolean withCondition) {
    Expression first = withCondition ? expression() : or();
    if (!tokens.isOperator(",")) {
      return first;
    }
    List<Expression> items = new ArrayList<>(List.of(first));
    while (tokens.takeOperator(",")) {
      if (endsTuple()) {
        break;
      }
      items.add(withCondition ? expression() : or());
    }
    return new Expression.Listed(List.copyOf(items), true);
  }

  private boolean endsTuple() {
    Token token = tokens.peek();
    return token.kind() == Token.Kind.OUTPUT_END
        || token.kind() == Token.Kind.BLOCK_END
        || token.is(Token.Kind.OPERATOR, ")")
        || token.is(Token.Kind.NAME, "in");
  }

  Expression expression() {
    tokens.enter();
    Expression value = or();
    while (tokens.takeName("if")) {
      Expression condition = or();
      Expression otherwise = tokens.takeName("else") ? expression() : null;
      value = new Expression.Conditional(condition, value, otherwise);
    }
    tokens.leave();
    return value;
  }

  private Expression or() {
    Expression left = and();
    while (tokens.takeName("or")) {
      left = new Logical(false, left, and());
    }
    return left;
  }

  private Expression and() {
    Expression left = not();
    while (tokens.takeName("and")) {
      left = new Logical(true, left, not());
    }
    return left;
  }

  private Expression not() {
    if (!tokens.takeName("not")) {
      return comparison();
    }
    tokens.enter();
    Expression operand = not();
    tokens.leave();
    return new Unary("not", operand);
  }

  private Expression comparison() {
    Expression first = sum();
    List<String> operators = new ArrayList<>();
    List<Expression> rest = new ArrayList<>();
    while (true) {
      Token token = tokens.peek();
      if (token.kind() == Token.Kind.OPERATOR && COMPARISONS.contains(token.text())) {
        operators.add(tokens.next().text());
      } else if (tokens.takeName("in")) {
        operators.add("in");
      } else if (tokens.isName("not") && tokens.peek(1).is(Token.Kind.NAME, "in")) {
        tokens.next();
        tokens.next();
        operators.add("not in");
      } else {
        return operators.isEmpty()
            ? first
            : new Expression.Comparison(first, List.copyOf(operators), List.copyOf(rest));
      }
      rest.add(sum());
    }
  }

  private Expression sum() {
    Expression left = concatenation();
    while (tokens.isOperator("+") || tokens.isOperator("-")) {
      left = new Binary(tokens.next().text(), left, concatenation());
    }
    return left;
  }

  private Expression concatenation() {
    Expression left = product();
    while (tokens.takeOperator("~")) {
      left = new Binary("~", left, product());
    }
    return left;
  }

  private Expression product() {
    Expression left = power();
    while (tokens.isOperator("*")
        || tokens.isOperator("/")
        || tokens.isOperator("//")
        || tokens.isOperator("%")) {
      left = new Binary(tokens.next().text(), left, power());
    }
    return left;
  }

  private Expression power() {
    Expression left = unary(true);
    while (tokens.takeOperator("**")) {
      left = new Binary("**", left, unary(true));
    }
    return left;
  }

  private Expression unary(boolean withFilters) {
    Expression value;
    if (tokens.isOperator("-") || tokens.isOperator("+")) {
      tokens.enter();
      value = new Unary(tokens.next().text(), unary(false));
      tokens.leave();
    } else {
      value = primary();
    }
    value = postfix(value);
    return withFilters ? filtersAndTests(value) : value;
  }

  private Expression primary() {
    Token token = tokens.next();
    return switch (token.kind()) {
      case NAME ->
          switch (token.text()) {
            case "true", "True" -> new Constant(Value.TRUE);
            case "false", "False" -> new Constant(Value.FALSE);
            case "none", "None" -> new Constant(Value.NONE);
            default -> new Expression.Name(token.text());
          };
      case STRING -> strings(token.text());
      case INTEGER -> new Constant(new Value.Int(integer(token)));
      case FLOAT -> new Constant(new Value.Real(Double.parseDouble(token.text())));
      case OPERATOR ->
          switch (token.text()) {
            case "(" -> parenthesis();
            case "[" -> list();
            case "{" -> dictionary();
            default -> throw unexpected(token);
          };
      case DATA, OUTPUT_BEGIN, OUTPUT_END, BLOCK_BEGIN, BLOCK_END, END -> throw unexpected(token);
    };
  }

  private static TemplateException unexpected(Token token) {
    return new TemplateException("expected an expression, found " + token.shown()).at(token.line());
  }

  private static long integer(Token token) {
    try {
      return Long.parseLong(token.text());
    } catch (NumberFormatException e) {
      throw new TemplateException("expected a number of at most 18 digits, found " + token.text())
          .at(token.line());
    }
  }

  private Expression strings(String first) {
    StringBuilder joined = new StringBuilder(first);
    while (tokens.peek().kind() == Token.Kind.STRING) {
      joined.append(tokens.next().text());
    }
    return new Constant(Text.own(joined.toString()));
  }

  private Expression parenthesis() {
    if (tokens.takeOperator(")")) {
      return new Expression.Listed(List.of(), true);
    }
    Expression inner = tuple(true);
    tokens.expectOperator(")");
    return inner;
  }

  private Expression list() {
    List<Expression> items = new ArrayList<>();
    while (!tokens.takeOperator("]")) {
      items.add(expression());
      if (!tokens.isOperator("]")) {
        tokens.expectOperator(",");
      }
    }
    return new Expression.Listed(List.copyOf(items), false);
  }

  private Expression dictionary() {
    List<Expression> keysAndValues = new ArrayList<>();
    while (!tokens.takeOperator("}")) {
      keysAndValues.add(expression());
      tokens.expectOperator(":");
      keysAndValues.add(expression());
      if (!tokens.isOperator("}")) {
        tokens.expectOperator(",");
      }
    }
    return new Expression.Mapped(List.copyOf(keysAndValues));
  }

  private Expression postfix(Expression of) {
    Expression value = of;
    while (true) {
      if (tokens.takeOperator(".")) {
        Token name = tokens.next();
        value =
            switch (name.kind()) {
              case NAME -> new Expression.Attribute(value, name.text());
              case INTEGER ->
                  new Expression.Item(value, new Constant(new Value.Int(integer(name))));
              default -> throw unexpected(name);
            };
      } else if (tokens.takeOperator("[")) {
        value = subscript(value);
      } else if (tokens.isOperator("(")) {
        value = new Expression.Call(value, arguments());
      } else {
        return value;
      }
    }
  }

  private Expression subscript(Expression of) {
    Expression from = tokens.isOperator(":") ? null : tuple(true);
    if (from != null && tokens.takeOperator("]")) {
      return new Expression.Item(of, from);
    }
    tokens.expectOperator(":");
    Expression to = sliceEnd();
    Expression step = tokens.takeOperator(":") ? sliceEnd() : null;
    tokens.expectOperator("]");
    return new Expression.Slice(of, from, to, step);
  }

  private @Nullable Expression sliceEnd() {
    return tokens.isOperator("]") || tokens.isOperator(":") ? null : expression();
  }

  Given arguments() {
    tokens.expectOperator("(");
    List<Expression> values = new ArrayList<>();
    Map<String, Expression> named = new LinkedHashMap<>();
    Expression more = null;
    Expression moreNamed = null;
    while (!tokens.takeOperator(")")) {
      if (tokens.takeOperator("**")) {
        moreNamed = expression();
      } else if (tokens.takeOperator("*")) {
        more = expression();
      } else if (tokens.peek().kind() == Token.Kind.NAME
          && tokens.peek(1).is(Token.Kind.OPERATOR, "=")) {
        String name = tokens.expectName();
        tokens.next();
        named.put(name, expression());
      } else {
        values.add(expression());
      }
      if (!tokens.isOperator(")")) {
        tokens.expectOperator(",");
      }
    }
    return new Given(List.copyOf(values), named, more, moreNamed);
  }

  private Expression filtersAndTests(Expression of) {
    Expression value = of;
    while (true) {
      if (tokens.takeOperator("|")) {
        value = filter(value);
      } else if (tokens.takeName("is")) {
        value = test(value);
      } else if (tokens.isOperator("(")) {
        value = new Expression.Call(value, arguments());
      } else {
        return value;
      }
    }
  }

  Expression.Filter filter(Expression of) {
    String name = tokens.expectName();
    return new Expression.Filter(of, name, tokens.isOperator("(") ? arguments() : Given.NONE);
  }

  private Expression test(Expression of) {
    boolean isNegated = tokens.takeName("not");
    String name = tokens.expectName();
    Given arguments = Given.NONE;
    if (tokens.isOperator("(")) {
      arguments = arguments();
    } else if (startsArgument(tokens.peek())) {
      arguments = new Given(List.of(postfix(primary())), Map.of(), null, null);
    }
    Expression test = new Expression.Test(of, name, arguments);
    return isNegated ? new Unary("not", test) : test;
  }

  private static boolean startsArgument(Token token) {
    return switch (token.kind()) {
      case STRING, INTEGER, FLOAT -> true;
      case NAME -> !NOT_AN_ARGUMENT.contains(token.text());
      case OPERATOR -> token.text().equals("[") || token.text().equals("{");
      case DATA, OUTPUT_BEGIN, OUTPUT_END, BLOCK_BEGIN, BLOCK_END, END -> false;
    };
  }
}
