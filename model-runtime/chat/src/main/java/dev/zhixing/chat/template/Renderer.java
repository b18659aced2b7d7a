package dev.zhixing.chat.template;

import dev.zhixing.chat.template.Expression.Filter;
import dev.zhixing.chat.template.Statement.Signature;
import dev.zhixing.chat.template.Statement.Target;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Carries out statements. One rendering, one thread. */
final class Renderer {
  private static final int DEEPEST = 400;

  /** How a list of statements ended. */
  private enum End {
    NORMAL,
    BREAK,
    CONTINUE
  }

  private final Budget budget;
  private final Evaluator evaluator;
  private int depth; // of lists of statements; what fails ends the rendering

  Renderer(Budget budget) {
    this.budget = budget;
    this.evaluator = new Evaluator(budget);
  }

  MarkedText render(List<Statement> statements, Scope scope) {
    TextBuilder out = new TextBuilder(budget);
    run(statements, scope, out);
    return out.toMarkedText();
  }

  private End run(List<Statement> statements, Scope scope, TextBuilder out) {
    if (++depth > DEEPEST) {
      throw new TemplateException(
          "expected statements that nest at most " + DEEPEST + " deep, those of macros included");
    }
    End end = End.NORMAL;
    for (int i = 0; i < statements.size() && end == End.NORMAL; i++) {
      Statement statement = statements.get(i);
      budget.step();
      try {
        end = run(statement, scope, out);
      } catch (TemplateException e) {
        throw e.isRefusal() ? e : e.at(statement.line());
      }
    }
    depth--;
    return end;
  }

  private End run(Statement statement, Scope scope, TextBuilder out) {
    switch (statement) {
      case Statement.Data data -> out.append(data.text());
      case Statement.Output output ->
          out.append(Printer.text(evaluator.evaluate(output.value(), scope), budget));
      case Statement.If choice -> {
        return run(
            evaluator.isTrue(choice.condition(), scope) ? choice.then() : choice.otherwise(),
            scope,
            out);
      }
      case Statement.For loop -> loop(loop, scope, out);
      case Statement.Break jump -> {
        return End.BREAK;
      }
      case Statement.Continue jump -> {
        return End.CONTINUE;
      }
      case Statement.Set set -> set(set, scope);
      case Statement.SetBlock set ->
          assign(set.target(), filtered(set.filters(), set.body(), scope), scope);
      case Statement.FilterBlock block ->
          out.append(Printer.text(filtered(block.filters(), block.body(), scope), budget));
      case Statement.Macro macro ->
          scope.set(macro.name(), macro(macro.signature(), macro.body(), scope));
      case Statement.CallBlock call -> call(call, scope, out);
      case Statement.Block block -> {
        Scope inner = new Scope(scope);
        block.names().forEach(name -> set(name, inner));
        return run(block.body(), inner, out);
      }
    }
    return End.NORMAL;
  }

  private Value filtered(List<Filter> filters, List<Statement> body, Scope scope) {
    TextBuilder inner = new TextBuilder(budget);
    run(body, new Scope(scope), inner);
    Value value = inner.toText();
    for (Filter filter : filters) {
      value = evaluator.filter(filter, value, scope);
    }
    return value;
  }

  private void set(Statement.Set set, Scope scope) {
    Value value = evaluator.evaluate(set.value(), scope);
    if (!set.unpacks()) {
      assign(set.targets().getFirst(), value, scope);
      return;
    }
    List<Value> parts = parts(value, set.targets().size());
    for (int i = 0; i < parts.size(); i++) {
      assign(set.targets().get(i), parts.get(i), scope);
    }
  }

  private List<Value> parts(Value value, int count) {
    List<Value> parts = Values.elements(value, budget, "unpack");
    if (parts.size() != count) {
      throw new TemplateException("unpack: expected " + count + " values, found " + parts.size());
    }
    return parts;
  }

  private static void assign(Target target, Value value, Scope scope) {
    if (target.attribute() == null) {
      scope.set(target.name(), value);
      return;
    }
    if (!(scope.get(target.name()) instanceof Value.Namespace namespace)) {
      throw Values.wrongType(
          "set " + target.name() + "." + target.attribute(),
          "a namespace",
          scope.get(target.name()));
    }
    namespace.attributes().put(target.attribute(), value);
  }

  private void loop(Statement.For loop, Scope scope, TextBuilder out) {
    Value over = evaluator.evaluate(loop.over(), scope);
    List<Value> values = new ArrayList<>();
    for (Value value : Values.elements(over, budget, "for")) {
      budget.step();
      if (loop.condition() != null) {
        Scope tried = new Scope(scope);
        bind(loop, value, tried);
        if (!evaluator.isTrue(loop.condition(), tried)) {
          continue;
        }
      }
      values.add(value);
    }
    if (values.isEmpty()) {
      run(loop.otherwise(), scope, out);
      return;
    }
    for (int i = 0; i < values.size(); i++) {
      Scope inner = new Scope(scope);
      inner.set("loop", position(values, i));
      bind(loop, values.get(i), inner);
      if (run(loop.body(), inner, out) == End.BREAK) {
        return;
      }
    }
  }

  private void bind(Statement.For loop, Value value, Scope scope) {
    if (!loop.unpacks()) {
      scope.set(loop.targets().getFirst(), value);
      return;
    }
    List<Value> parts = parts(value, loop.targets().size());
    for (int i = 0; i < parts.size(); i++) {
      scope.set(loop.targets().get(i), parts.get(i));
    }
  }

  /** What {@code loop} knows in round {@code i}. */
  private static Value position(List<Value> values, int i) {
    int size = values.size();
    Map<String, Value> loop = new LinkedHashMap<>();
    loop.put("index", new Value.Int(i + 1));
    loop.put("index0", new Value.Int(i));
    loop.put("revindex", new Value.Int(size - i));
    loop.put("revindex0", new Value.Int(size - i - 1));
    loop.put("first", Value.of(i == 0));
    loop.put("last", Value.of(i == size - 1));
    loop.put("length", new Value.Int(size));
    if (i > 0) {
      loop.put("previtem", values.get(i - 1));
    }
    if (i + 1 < size) {
      loop.put("nextitem", values.get(i + 1));
    }
    loop.put(
        "cycle",
        (Value.Callable)
            arguments ->
                arguments.values().isEmpty()
                    ? Value.NONE
                    : arguments.values().get(i % arguments.values().size()));
    return new Value.Namespace(loop);
  }

  private Value.Callable macro(Signature signature, List<Statement> body, Scope defined) {
    return arguments -> callMacro(signature, body, defined, arguments, null);
  }

  private Value callMacro(
      Signature signature,
      List<Statement> body,
      Scope defined,
      Arguments arguments,
      @Nullable Value caller) {
    budget.enter();
    Scope scope = new Scope(defined);
    Map<String, Value> named = new LinkedHashMap<>(arguments.named());
    Value calling = caller != null ? caller : named.remove("caller");
    if (calling != null) {
      scope.set("caller", calling);
    }
    List<String> names = signature.names();
    int required = names.size() - signature.defaults().size();
    for (int i = 0; i < names.size(); i++) {
      Value value =
          i < arguments.values().size() ? arguments.values().get(i) : named.get(names.get(i));
      if (value == null) {
        value =
            i < required
                ? new Value.Undefined(names.get(i))
                : evaluator.evaluate(signature.defaults().get(i - required), scope);
      }
      named.remove(names.get(i));
      scope.set(names.get(i), value);
    }
    int used = Math.min(names.size(), arguments.values().size());
    List<Value> more = arguments.values().subList(used, arguments.values().size());
    scope.set("varargs", new Value.Items(more, true));
    Map<Value, Value> others = new LinkedHashMap<>();
    named.forEach((name, value) -> others.put(Text.own(name), value));
    scope.set("kwargs", new Value.Dict(others));
    TextBuilder out = new TextBuilder(budget);
    run(body, scope, out);
    budget.leave();
    return out.toText();
  }

  private void call(Statement.CallBlock block, Scope scope, TextBuilder out) {
    Value function = evaluator.evaluate(block.call().function(), scope);
    if (!(function instanceof Value.Callable callable)) {
      throw Values.wrongType("call", "a macro", function);
    }
    Arguments arguments = evaluator.given(block.call().arguments(), scope);
    Map<String, Value> named = new LinkedHashMap<>(arguments.named());
    named.put("caller", macro(block.signature(), block.body(), scope));
    Value result = callable.call(new Arguments(arguments.values(), named));
    out.append(Printer.text(result, budget));
  }
}
