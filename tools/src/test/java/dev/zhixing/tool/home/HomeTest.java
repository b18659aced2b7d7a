package dev.zhixing.tool.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HomeTest {

  private static final Instant NOON = Instant.parse("2025-06-01T12:00:00Z");

  @TempDir Path folder;

  @Test
  void switchesAndDimsALight() {
    Home home = at(NOON);

    assertThat(home.setLight("living_room", "on", null))
        .isEqualTo("{\"ok\":true,\"room\":\"living_room\",\"state\":\"on\",\"brightness\":100}");
    assertThat(home.setLight("living_room", "on", 40)).contains("\"brightness\":40");
    assertThat(home.setLight("living_room", "off", null))
        .isEqualTo("{\"ok\":true,\"room\":\"living_room\",\"state\":\"off\"}");
    assertThat(home.setLight("living_room", "on", null)).contains("\"brightness\":40");
  }

  @Test
  void keepsItsStateAcrossInstances() {
    at(NOON).setLight("study", "on", 30);
    at(NOON).setLock("front", false);
    at(NOON).setCurtain("bedroom", "half");
    at(NOON).setTimer(new BigDecimal("12.50"), "tea");

    assertThat(at(NOON).describe())
        .containsPattern("study +light on 30 %")
        .containsPattern("front door +unlocked")
        .containsPattern("back door +locked")
        .containsPattern("bedroom .*curtains half")
        .contains("timer        12.5 min tea, ends 2025-06-01 12:12");
    assertThat(at(NOON).toJson())
        .contains("\"study\":{\"light\":\"on\",\"brightness\":30,", "\"front\":\"unlocked\"");
  }

  @Test
  void warmsUpTowardsTheThermostat() {
    at(NOON).setThermostat("kitchen", new BigDecimal("26.0"));

    assertThat(at(NOON).getSensor("kitchen", "temperature"))
        .isEqualTo("{\"room\":\"kitchen\",\"kind\":\"temperature\",\"value\":21,\"unit\":\"°C\"}");
    assertThat(at(NOON.plus(Duration.ofMinutes(15))).getSensor("kitchen", "temperature"))
        .contains("\"value\":23.5,");
    assertThat(at(NOON.plus(Duration.ofDays(1))).getSensor("kitchen", "temperature"))
        .contains("\"value\":26,");
  }

  @Test
  void readsPlausibleSensors() {
    Home home = at(NOON);
    String before = home.getSensor("study", "light");
    home.setCurtain("study", "closed");

    assertThat(before)
        .isEqualTo("{\"room\":\"study\",\"kind\":\"light\",\"value\":400,\"unit\":\"lx\"}");
    assertThat(home.getSensor("study", "light")).contains("\"value\":20,");
    assertThat(home.getSensor("garden", "light")).contains("\"value\":10000,");
    assertThat(home.getSensor("bathroom", "humidity")).contains("\"unit\":\"%\"");
    assertThat(home.getSensor("study", "motion"))
        .isEqualTo("{\"room\":\"study\",\"kind\":\"motion\",\"value\":true}");
    assertThat(at(NOON.plus(Duration.ofMinutes(6))).getSensor("study", "motion")).contains("false");
    assertThat(home.getSensor("hallway", "motion")).contains("false");
  }

  @Test
  void saysWhatItHasWhenAskedForSomethingElse() {
    Home home = at(NOON);

    assertThatThrownBy(() -> home.setLight("attic", "on", null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("room: expected one of living_room, bedroom")
        .hasMessageEndingWith("found 'attic'");
    assertThatThrownBy(() -> home.setLight("study", "on", 0)).hasMessageContaining("1 to 100");
    assertThatThrownBy(() -> home.setThermostat("study", new BigDecimal("99")))
        .hasMessageContaining("5 to 35");
    assertThatThrownBy(() -> home.setTimer(BigDecimal.ZERO, null))
        .hasMessageContaining("more than 0");
    assertThat(Files.exists(file())).isFalse();
  }

  @Test
  void refusesADamagedFileAndSaysWhatToDo() throws IOException {
    Files.writeString(file(), "{\"rooms\": ");

    assertThatThrownBy(() -> at(NOON).describe())
        .isInstanceOf(HomeException.class)
        .hasMessageContaining("home.json")
        .hasMessageContaining("delete it to start anew");
  }

  @Test
  void losesNoChangeOfTwoWriters() throws Exception {
    var threads = new ArrayList<Thread>();
    for (int writer = 0; writer < 2; writer++) {
      String label = "writer" + writer;
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    Home home = at(NOON);
                    for (int i = 0; i < 25; i++) {
                      home.setTimer(BigDecimal.ONE, label);
                    }
                  }));
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(at(NOON).describe().lines().filter(line -> line.startsWith("timer"))).hasSize(50);
    try (var files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("home.json", "home.json.lock");
    }
  }

  @Test
  void takesTurnsWithAnotherProcess() throws Exception {
    at(NOON).setLight("study", "on", null);
    var writer =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                OtherProcess.class.getName(),
                file().toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    do {
      at(NOON).setTimer(BigDecimal.ONE, "here");
    } while (writer.isAlive());

    assertThat(writer.waitFor()).isZero();
    assertThat(at(NOON).describe().lines().filter(line -> line.contains(" min there"))).hasSize(20);
  }

  private Path file() {
    return folder.resolve("home.json");
  }

  private Home at(Instant now) {
    return new Home(file(), Clock.fixed(now, ZoneOffset.UTC));
  }

  /** Starts timers from a process of its own. */
  static final class OtherProcess {
    private OtherProcess() {}

    public static void main(String[] arguments) {
      Home home = new Home(Path.of(arguments[0]), Clock.fixed(NOON, ZoneOffset.UTC));
      for (int i = 0; i < 20; i++) {
        home.setTimer(BigDecimal.ONE, "there");
      }
    }
  }
}
