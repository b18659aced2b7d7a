package dev.zhixing.chat.template;

import dev.zhixing.chat.template.Expression.Filter;
import dev.zhixing.chat.template.Statement.Signature;
import dev.zhixing.chat.template.Statement.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads a template's statements. */
final class StatementParser {
  private final Tokens tokens;
  private final ExpressionParser expressions;
  private int loops;

  private StatementParser(Tokens tokens) {
    this.tokens = tokens;
    this.expressions = new ExpressionParser(tokens);
  }

  static List<Statement> parse(String template) {
    Tokens tokens = new Tokens(Lexer.tokens(template));
    List<Statement> statements = new StatementParser(tokens).body(Set.of());
    if (tokens.peek().kind() != Token.Kind.END) {
      throw tokens.unexpected("the end of the template");
    }
    return statements;
  }

  /** Statements up to a block that starts with one of these words, whose opening is consumed. */
  private List<Statement> body(Set<String> ends) {
    tokens.enter();
    List<Statement> statements = new ArrayList<>();
    while (true) {
      Token token = tokens.peek();
      switch (token.kind()) {
        case DATA -> {
          tokens.next();
          statements.add(new Statement.Data(Text.own(token.text()), token.line()));
        }
        case OUTPUT_BEGIN -> {
          tokens.next();
          statements.add(new Statement.Output(expressions.tuple(true), token.line()));
          tokens.expect(Token.Kind.OUTPUT_END);
        }
        case BLOCK_BEGIN -> {
          tokens.next();
          if (tokens.peek().kind() == Token.Kind.NAME && ends.contains(tokens.peek().text())) {
            tokens.leave();
            return List.copyOf(statements);
          }
          statements.add(block(token.line()));
        }
        default -> {
          if (!ends.isEmpty()) {
            throw tokens.unexpected("{% " + String.join(" or ", ends) + " %}");
          }
          tokens.leave();
          return List.copyOf(statements);
        }
      }
    }
  }

  private Statement block(int line) {
    String word = tokens.expectName();
    return switch (word) {
      case "if" -> condition(line);
      case "for" -> loop(line);
      case "set" -> assignment(line);
      case "macro" -> macro(line);
      case "call" -> call(line);
      case "filter" -> filterBlock(line);
      case "with" -> with(line);
      case "generation" -> {
        endBlock();
        yield new Statement.Block(List.of(), closed("endgeneration"), line);
      }
      case "break", "continue" -> jump(word, line);
      default ->
          throw new TemplateException(
                  "expected if, for, set, macro, call, filter, with, generation, break or continue,"
                      + " found '"
                      + word
                      + "', which chat templates can't use here")
              .at(line);
    };
  }

  private void endBlock() {
    tokens.expect(Token.Kind.BLOCK_END);
  }

  /** A body and its closing block. */
  private List<Statement> closed(String end) {
    List<Statement> body = body(Set.of(end));
    tokens.expectName(end);
    if (tokens.peek().kind() == Token.Kind.NAME) {
      tokens.next(); // endmacro may repeat the name
    }
    endBlock();
    return body;
  }

  private Statement condition(int line) {
    tokens.enter();
    Expression condition = expressions.tuple(true);
    endBlock();
    List<Statement> then = body(Set.of("elif", "else", "endif"));
    Token word = tokens.next();
    List<Statement> otherwise =
        switch (word.text()) {
          case "elif" -> List.of(condition(word.line()));
          case "else" -> {
            endBlock();
            yield closed("endif");
          }
          default -> {
            endBlock();
            yield List.of();
          }
        };
    tokens.leave();
    return new Statement.If(condition, then, otherwise, line);
  }

  private Statement loop(int line) {
    List<String> targets = new ArrayList<>();
    boolean inParentheses = tokens.takeOperator("(");
    boolean unpacks = false;
    do {
      targets.add(tokens.expectName());
      unpacks |= tokens.isOperator(",");
    } while (tokens.takeOperator(",") && !tokens.isName("in"));
    if (inParentheses) {
      tokens.expectOperator(")");
    }
    tokens.expectName("in");
    Expression over = expressions.tuple(false);
    Expression condition = tokens.takeName("if") ? expressions.expression() : null;
    if (tokens.isName("recursive")) {
      throw tokens.unexpected("a loop that is not recursive");
    }
    endBlock();
    loops++;
    List<Statement> body = body(Set.of("else", "endfor"));
    loops--;
    List<Statement> otherwise = List.of();
    if (tokens.takeName("else")) {
      endBlock();
      otherwise = closed("endfor");
    } else {
      tokens.expectName("endfor");
      endBlock();
    }
    return new Statement.For(List.copyOf(targets), unpacks, over, condition, body, otherwise, line);
  }

  private Statement jump(String word, int line) {
    if (loops == 0) {
      throw new TemplateException("expected '" + word + "' within a loop only").at(line);
    }
    endBlock();
    return word.equals("break") ? new Statement.Break(line) : new Statement.Continue(line);
  }

  private Statement assignment(int line) {
    List<Target> targets = new ArrayList<>();
    boolean inParentheses = tokens.takeOperator("(");
    do {
      String name = tokens.expectName();
      targets.add(new Target(name, tokens.takeOperator(".") ? tokens.expectName() : null));
    } while (tokens.takeOperator(","));
    if (inParentheses) {
      tokens.expectOperator(")");
    }
    if (tokens.takeOperator("=")) {
      Expression value = expressions.tuple(true);
      endBlock();
      return new Statement.Set(List.copyOf(targets), targets.size() > 1, value, line);
    }
    List<Filter> filters = new ArrayList<>();
    while (tokens.takeOperator("|")) {
      filters.add(expressions.filter(new Expression.Constant(Value.NONE)));
    }
    endBlock();
    return new Statement.SetBlock(targets.getFirst(), filters, closed("endset"), line);
  }

  private Signature signature() {
    List<String> names = new ArrayList<>();
    List<Expression> defaults = new ArrayList<>();
    tokens.expectOperator("(");
    while (!tokens.takeOperator(")")) {
      names.add(tokens.expectName());
      if (tokens.takeOperator("=")) {
        defaults.add(expressions.expression());
      } else if (!defaults.isEmpty()) {
        throw tokens.unexpected("a default behind a parameter with a default");
      }
      if (!tokens.isOperator(")")) {
        tokens.expectOperator(",");
      }
    }
    return new Signature(List.copyOf(names), List.copyOf(defaults));
  }

  private Statement macro(int line) {
    String name = tokens.expectName();
    Signature signature = signature();
    endBlock();
    return new Statement.Macro(name, signature, outsideLoops("endmacro"), line);
  }

  /** A macro's body: a break in it would not know which loop to leave. */
  private List<Statement> outsideLoops(String end) {
    int around = loops;
    loops = 0;
    List<Statement> body = closed(end);
    loops = around;
    return body;
  }

  private Statement call(int line) {
    Signature signature = tokens.isOperator("(") ? signature() : Signature.NONE;
    if (!(expressions.expression() instanceof Expression.Call call)) {
      throw new TemplateException("expected a macro's call behind 'call'").at(line);
    }
    endBlock();
    return new Statement.CallBlock(call, signature, outsideLoops("endcall"), line);
  }

  private Statement filterBlock(int line) {
    List<Filter> filters = new ArrayList<>();
    do {
      filters.add(expressions.filter(new Expression.Constant(Value.NONE)));
    } while (tokens.takeOperator("|"));
    endBlock();
    return new Statement.FilterBlock(List.copyOf(filters), closed("endfilter"), line);
  }

  private Statement with(int line) {
    List<Statement.Set> names = new ArrayList<>();
    while (tokens.peek().kind() == Token.Kind.NAME) {
      Target target = new Target(tokens.expectName(), null);
      tokens.expectOperator("=");
      names.add(new Statement.Set(List.of(target), false, expressions.expression(), line));
      if (!tokens.takeOperator(",")) {
        break;
      }
    }
    endBlock();
    return new Statement.Block(List.copyOf(names), closed("endwith"), line);
  }
}
