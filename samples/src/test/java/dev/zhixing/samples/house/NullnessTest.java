package dev.zhixing.samples.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * NullAway has been seen silent on new JDKs: compiles a seeded violation with the build's own
 * settings.
 */
class NullnessTest {

  @TempDir Path out;

  @Test
  void refusesTheSeededNullDereference() {
    List<String> errors =
        compile(
            """
            @org.jspecify.annotations.NullMarked
            class Seeded {
              int length(@org.jspecify.annotations.Nullable String text) {
                return text.length();
              }
            }
            """);

    assertThat(errors).anyMatch(error -> error.contains("NullAway"));
  }

  @Test
  void acceptsTheSameCodeWithACheck() {
    List<String> errors =
        compile(
            """
            @org.jspecify.annotations.NullMarked
            class Seeded {
              int length(@org.jspecify.annotations.Nullable String text) {
                return text == null ? 0 : text.length();
              }
            }
            """);

    assertThat(errors).isEmpty();
  }

  private List<String> compile(String source) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    String classPath = System.getProperty("java.class.path");
    List<String> options =
        List.of(
            "-d",
            out.toString(),
            "-cp",
            classPath,
            "-processorpath",
            classPath,
            "-XDcompilePolicy=simple",
            "--should-stop=ifError=FLOW",
            "-XDaddTypeAnnotationsToSymbol=true",
            "-Xplugin:ErrorProne -Xep:NullAway:ERROR -XepOpt:NullAway:OnlyNullMarked=true"
                + " -XepOpt:NullAway:JSpecifyMode=true");
    SimpleJavaFileObject file =
        new SimpleJavaFileObject(URI.create("string:///Seeded.java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
          }
        };
    compiler.getTask(null, null, found, options, null, List.of(file)).call();
    return found.getDiagnostics().stream()
        .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
        .map(diagnostic -> diagnostic.getMessage(Locale.ROOT))
        .toList();
  }
}
