package dev.zhixing.tool.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JavaScriptTest {

  private final JavaScript sandbox = new JavaScript(Limits.STANDARD);
  private final JavaScript tight = new JavaScript(new Limits(Duration.ofMillis(800), 64, 100));

  @Test
  void returnsWhatAProgramPrints() {
    var printed =
        sandbox.run(
            """
            const squares = [];
            for (let i = 1; i <= 12; i++) squares.push(i * i);
            console.log(squares.join(" "));
            console.log(await Promise.resolve("桃花"));
            console.error("careful");
            """);

    assertThat(printed.stdout()).isEqualTo("1 4 9 16 25 36 49 64 81 100 121 144\n桃花\n");
    assertThat(printed.stderr()).isEqualTo("careful\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "[88, 61, 3] | [ 88, 61, 3 ]",
        "{a: 1, 'b c': [true, null]} | { a: 1, 'b c': [ true, null ] }",
        "'text', 1.5, undefined | text 1.5 undefined",
        "[] | []",
        "({}) | {}",
        "new Map([['k', 1n]]) | Map(1) { 'k' => 1n }",
        "new Set(['x']) | Set(1) { 'x' }",
        "new Date(0) | 1970-01-01T00:00:00.000Z",
        "-0 | -0",
        "(x => { const o = {}; o.self = o; return o; })() | { self: [Circular] }"
      })
  void printsValuesAsAConsoleDoes(String value, String shown) {
    assertThat(sandbox.run("console.log(" + value + ")").stdout()).isEqualTo(shown + "\n");
  }

  @Test
  void saysWhatIsWrongAndWhere() {
    assertThatThrownBy(() -> sandbox.run("let a = 1;\nfoo(a);"))
        .isInstanceOf(CodeException.class)
        .hasMessage("foo is not defined (line 2, column 1)");
    assertThatThrownBy(() -> sandbox.run("let x = ;"))
        .hasMessageStartingWith("unexpected token in expression: ';' (line 1");
    assertThatThrownBy(() -> sandbox.run("console.log('first'); throw new Error('坏了')"))
        .hasMessageStartingWith("坏了 (line 1")
        .hasMessageEndingWith("printed before that:\nfirst\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"for (;;);", "/(a+)+b/.test('a'.repeat(40))", "while (true) await 0;"})
  void stopsAnEndlessProgramAndKeepsWhatItPrinted(String endless) {
    assertThatThrownBy(() -> tight.run("console.log('before'); " + endless))
        .isInstanceOf(CodeException.class)
        .hasMessage("the program was stopped after 0.8 s\nprinted before that:\nbefore\n");
  }

  @Test
  void stopsTheThreadOfAnEndlessProgram() throws InterruptedException {
    assertThatThrownBy(() -> tight.run("for (;;);")).isInstanceOf(CodeException.class);

    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals("javascript")) {
        thread.join(Duration.ofSeconds(20));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "const a = []; for (;;) a.push('x'.repeat(100000) + a.length)",
        "const a = []; for (;;) a.push(new Float64Array(1000000).fill(1))",
        "let s = 'x'; for (;;) s += s + Math.random()"
      })
  void stopsAMemoryBomb(String bomb) {
    assertThatThrownBy(() -> sandbox.run(bomb))
        .isInstanceOf(CodeException.class)
        .message()
        .containsAnyOf("more than 64 MiB", "out of memory", "too long", "stopped after");
  }

  @Test
  void stopsAnOutputBomb() {
    assertThatThrownBy(() -> tight.run("for (;;) console.log('花'.repeat(33))"))
        .isInstanceOfSatisfying(
            CodeException.class, e -> assertThat(e.stdout()).isEqualTo("花".repeat(33) + "\n"))
        .hasMessageStartingWith("the program was stopped: it printed more than 100 bytes");
  }

  @Test
  void stopsDeepRecursion() {
    assertThatThrownBy(() -> sandbox.run("function f(n) { return f(n + 1) + 1 } f(0)"))
        .isInstanceOf(CodeException.class)
        .message()
        .containsAnyOf("recursion is too deep", "stack overflow", "call stack");
  }

  @Test
  void offersNothingOfTheHost() {
    assertThat(
            sandbox
                .run(
                    "console.log(typeof java_invoke, typeof Javy, typeof require, typeof process,"
                        + " typeof fetch, typeof std, typeof os)")
                .stdout())
        .isEqualTo("undefined ".repeat(6) + "undefined\n");
    assertThatThrownBy(() -> sandbox.run("await import('std')")).isInstanceOf(CodeException.class);
  }

  @Test
  void givesEveryProgramAFreshWorld() {
    sandbox.run("globalThis.left = 1");

    assertThat(sandbox.run("console.log(typeof left)").stdout()).isEqualTo("undefined\n");
  }
}
