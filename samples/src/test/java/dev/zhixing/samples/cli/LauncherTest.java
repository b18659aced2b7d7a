package dev.zhixing.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs a copy of the launcher on a JDK and a build that are not real. */
class LauncherTest {

  private static final String JAVA =
      """
      #!/bin/sh
      echo 'WARNING: Using incubator modules: jdk.incubator.vector' >&2
      echo 'another warning' >&2
      for last; do :; done
      echo "$LC_ALL $last"
      exit 7
      """;

  @TempDir Path folder;
  private Path checkout = Path.of("");

  @BeforeEach
  void copyTheLauncher() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "needs bash");
    checkout = Files.createDirectory(folder.resolve("check out"));
    Path original = Path.of("").toAbsolutePath().resolveSibling("zhixing");
    assumeTrue(Files.exists(original), "needs the launcher beside this module");
    Files.copy(original, checkout.resolve("zhixing"));
  }

  @Test
  void saysWhatToInstallWhereThereIsNoJdk() throws Exception {
    Path launcher = checkout.resolve("zhixing");
    String script = Files.readString(launcher);
    Files.writeString(launcher, script.replace("wanted=25", "wanted=99"));

    Outcome outcome = run(launcher, "home");

    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.err()).contains("expected a JDK 99, found none", "apt install", "brew");
    assertThat(outcome.out()).isEmpty();
  }

  @Test
  void startsTheJdkOfJavaHomeAndReturnsItsExitCode() throws Exception {
    prepareBuild();

    Outcome outcome = run(checkout.resolve("zhixing"), "灯 on");

    assertThat(outcome.status()).isEqualTo(7);
    assertThat(outcome.out()).isEqualTo("C.UTF-8 灯 on\n");
  }

  @Test
  void hidesWhatTheVmSaysAboutIncubatorModulesAndNothingElse() throws Exception {
    prepareBuild();

    Outcome outcome = run(checkout.resolve("zhixing"), "home");

    assertThat(outcome.err()).isEqualTo("another warning\n");
  }

  @Test
  void worksThroughASymbolicLink() throws Exception {
    prepareBuild();
    Path link = Files.createSymbolicLink(folder.resolve("zx"), Path.of("check out/zhixing"));

    assertThat(run(link, "home").status()).isEqualTo(7);
  }

  private void prepareBuild() throws IOException {
    Path bin = Files.createDirectories(folder.resolve("jdk/bin"));
    Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"25.0.9\"\n");
    for (String name : List.of("java", "javac")) {
      Files.writeString(bin.resolve(name), JAVA);
      assertThat(bin.resolve(name).toFile().setExecutable(true)).isTrue();
    }
    Path app = Files.createDirectories(checkout.resolve("samples/target/app"));
    Files.writeString(app.resolve("java.args"), "");
    Files.writeString(app.resolve("root"), checkout.toRealPath() + "\n");
    Files.writeString(app.resolve("built"), "");
    String name = folder.resolve("jdk").toString().replaceAll("[^A-Za-z0-9.]", "_");
    Path archive = Files.writeString(app.resolve("classes-" + name + ".jsa"), "");
    long later = System.currentTimeMillis() + 60_000;
    assertThat(archive.toFile().setLastModified(later)).isTrue();
  }

  private Outcome run(Path launcher, String... arguments) throws Exception {
    ProcessBuilder builder = new ProcessBuilder("/bin/bash", launcher.toString());
    builder.command().addAll(List.of(arguments));
    builder.directory(folder.toFile());
    builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
    builder.environment().put("LC_ALL", "C");
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    builder.redirectOutput(out.toFile()).redirectError(err.toFile());
    Process process = builder.start();
    int status = process.waitFor();
    // The filter beside the JVM may write its last line a moment after the JVM's end.
    for (int i = 0; i < 100 && Files.size(err) == 0; i++) {
      Thread.sleep(10);
    }
    return new Outcome(
        status,
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }

  private record Outcome(int status, String out, String err) {}
}
