package dev.zhixing.chat.template;

import dev.zhixing.chat.template.Expression.Given;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the values of expressions. One rendering, one thread. */
final class Evaluator {
  private static final int DEEPEST = 500;

  private final Budget budget;
  private final Operators operators;
  private final Attributes attributes;
  private final Filters filters;
  private int depth;

  Evaluator(Budget budget) {
    this.budget = budget;
    this.operators = new Operators(budget);
    this.attributes = new Attributes(budget);
    this.filters = new Filters(budget, attributes, operators);
  }

  Value evaluate(Expression expression, Scope scope) {
    budget.step();
    if (++depth > DEEPEST) {
      throw new TemplateException("expected expressions that nest at most " + DEEPEST + " deep");
    }
    Value value =
        switch (expression) {
          case Expression.Constant constant -> constant.value();
          case Expression.Name name -> scope.get(name.name());
          case Expression.Listed listed ->
              new Value.Items(all(listed.items(), scope), listed.isTuple());
          case Expression.Mapped mapped -> dictionary(mapped, scope);
          case Expression.Unary unary -> unary(unary, scope);
          case Expression.Binary binary ->
              operators.apply(
                  binary.operator(),
                  evaluate(binary.left(), scope),
                  evaluate(binary.right(), scope));
          case Expression.Logical logical -> logical(logical, scope);
          case Expression.Comparison comparison -> Value.of(holds(comparison, scope));
          case Expression.Conditional choice -> conditional(choice, scope);
          case Expression.Attribute attribute ->
              attributes.attribute(evaluate(attribute.of(), scope), attribute.name());
          case Expression.Item item ->
              attributes.item(evaluate(item.of(), scope), evaluate(item.index(), scope));
          case Expression.Slice slice -> slice(slice, scope);
          case Expression.Call call -> call(call, scope);
          case Expression.Filter filter ->
              filters.apply(
                  filter.name(), evaluate(filter.of(), scope), given(filter.arguments(), scope));
          case Expression.Test test ->
              Value.of(
                  filters
                      .tests()
                      .holds(
                          test.name(), evaluate(test.of(), scope), given(test.arguments(), scope)));
        };
    depth--;
    return value;
  }

  boolean isTrue(Expression expression, Scope scope) {
    return Values.isTrue(evaluate(expression, scope));
  }

  /** A filter whose value is at hand. */
  Value filter(Expression.Filter filter, Value of, Scope scope) {
    return filters.apply(filter.name(), of, given(filter.arguments(), scope));
  }

  private List<Value> all(List<Expression> expressions, Scope scope) {
    List<Value> values = new ArrayList<>();
    for (Expression expression : expressions) {
      values.add(evaluate(expression, scope));
    }
    return values;
  }

  private Value dictionary(Expression.Mapped mapped, Scope scope) {
    Map<Value, Value> entries = new LinkedHashMap<>();
    List<Value> both = all(mapped.keysAndValues(), scope);
    for (int i = 0; i < both.size(); i += 2) {
      entries.put(Values.key(both.get(i), budget), both.get(i + 1));
    }
    return new Value.Dict(entries);
  }

  private Value unary(Expression.Unary unary, Scope scope) {
    Value operand = evaluate(unary.operand(), scope);
    return switch (unary.operator()) {
      case "not" -> Value.of(!Values.isTrue(operand));
      case "-" ->
          operand instanceof Value.Real real
              ? new Value.Real(-real.value())
              : operators.apply("-", new Value.Int(0), operand);
      default -> operators.apply("+", new Value.Int(0), operand);
    };
  }

  private Value logical(Expression.Logical logical, Scope scope) {
    Value left = evaluate(logical.left(), scope);
    return Values.isTrue(left) == logical.isAnd() ? evaluate(logical.right(), scope) : left;
  }

  private boolean holds(Expression.Comparison comparison, Scope scope) {
    Value left = evaluate(comparison.first(), scope);
    for (int i = 0; i < comparison.operators().size(); i++) {
      Value right = evaluate(comparison.rest().get(i), scope);
      if (!holds(comparison.operators().get(i), left, right)) {
        return false;
      }
      left = right;
    }
    return true;
  }

  private boolean holds(String operator, Value left, Value right) {
    return switch (operator) {
      case "==" -> Values.equal(left, right, budget);
      case "!=" -> !Values.equal(left, right, budget);
      case "in" -> Values.contains(right, left, budget);
      case "not in" -> !Values.contains(right, left, budget);
      case "<" -> Values.compare(left, right, budget, "<") < 0;
      case "<=" -> Values.compare(left, right, budget, "<=") <= 0;
      case ">" -> Values.compare(left, right, budget, ">") > 0;
      default -> Values.compare(left, right, budget, ">=") >= 0;
    };
  }

  private Value conditional(Expression.Conditional choice, Scope scope) {
    if (isTrue(choice.condition(), scope)) {
      return evaluate(choice.then(), scope);
    }
    return choice.otherwise() == null
        ? new Value.Undefined("the value of an 'if' without 'else'")
        : evaluate(choice.otherwise(), scope);
  }

  private Value slice(Expression.Slice slice, Scope scope) {
    return attributes.slice(
        evaluate(slice.of(), scope),
        optional(slice.from(), scope),
        optional(slice.to(), scope),
        optional(slice.step(), scope));
  }

  private @Nullable Value optional(@Nullable Expression expression, Scope scope) {
    return expression == null ? null : evaluate(expression, scope);
  }

  private Value call(Expression.Call call, Scope scope) {
    Value function = evaluate(call.function(), scope);
    if (function instanceof Value.Callable callable) {
      return callable.call(given(call.arguments(), scope));
    }
    throw Values.wrongType("call", "a function", function);
  }

  Arguments given(Given given, Scope scope) {
    if (given.equals(Given.NONE)) {
      return Arguments.NONE;
    }
    List<Value> values = all(given.values(), scope);
    if (given.more() != null) {
      values.addAll(Values.elements(evaluate(given.more(), scope), budget, "*"));
    }
    Map<String, Value> named = new LinkedHashMap<>();
    given.named().forEach((name, value) -> named.put(name, evaluate(value, scope)));
    if (given.moreNamed() != null
        && evaluate(given.moreNamed(), scope) instanceof Value.Dict more) {
      budget.steps(more.entries().size());
      more.entries().forEach((key, value) -> named.put(name(key), value));
    }
    return new Arguments(values, named);
  }

  /** A name that content brings must not spell anything that a model takes for structure. */
  private static String name(Value key) {
    Text text = Values.text(key, "**");
    if (text.mark() != Text.OWN && !text.characters().matches("\\w+")) {
      throw new TemplateException(
          "**: expected names of letters, digits and '_', found '" + text.characters() + "'");
    }
    return text.characters();
  }
}
