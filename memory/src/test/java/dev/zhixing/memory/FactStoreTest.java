package dev.zhixing.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhixing.agent.Effect;
import dev.zhixing.agent.Toolbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FactStoreTest {

  @TempDir Path folder;
  private long now = 1;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "what is my shoe size? | shoe size is EU 43",
        "hotels the user liked | liked the hotel Casa do Rio in Porto",
        "allergies | The user is allergic to peanuts.",
        "我喜欢喝什么茶 | 喜欢喝铁观音茶",
        "用户的生日是哪天 | 用户的生日是3月5号",
        "净水器的滤芯型号是什么 | 净水器滤芯型号 RO-75",
        "茶 | 喜欢喝铁观音茶"
      })
  void recallsTheFactThatIsMeant(String query, String fact) {
    remember(
        "shoe size is EU 43",
        "liked the hotel Casa do Rio in Porto",
        "The user is allergic to peanuts.",
        "喜欢喝铁观音茶",
        "用户的生日是3月5号",
        "净水器滤芯型号 RO-75");

    assertThat(store().recall(query, 5)).startsWith(fact);
  }

  @Test
  void findsNothingWhereNothingFits() {
    assertThat(store().recall("shoe size", 5)).isEmpty();
    remember("likes green tea");

    assertThat(store().recall("shoe size", 5)).isEmpty();
    assertThat(store().recall("鞋码", 5)).isEmpty();
    assertThat(store().recall("size:* AND (", 5)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"''", "what do you know about me?", "user information", "你记得我的什么信息", "用户"})
  void givesTheNewestFactsToAQueryForAnything(String query) {
    remember("one", "two", "three");

    assertThat(store().recall(query, 2)).containsExactly("three", "two");
  }

  @Test
  void prefersTheNewerOfEquallyGoodFacts() {
    remember("parking spot is A17", "likes tea", "parking spot is B23");

    assertThat(store().recall("parking spot", 5))
        .containsExactly("parking spot is B23", "parking spot is A17");
  }

  @Test
  void storesEqualFactsOnce() {
    assertThat(store().remember("Likes tea.")).isTrue();
    assertThat(store().remember("likes coffee")).isTrue();
    assertThat(store().remember("  likes   ＴＥＡ ")).isFalse();

    assertThat(store().newest(5)).containsExactly("likes   ＴＥＡ", "likes coffee");
  }

  @Test
  void forgetsAFact() {
    remember("likes tea", "likes coffee");

    assertThat(store().forget("Likes tea")).isTrue();
    assertThat(store().forget("Likes tea")).isFalse();
    assertThat(store().newest(5)).containsExactly("likes coffee");
  }

  @Test
  void readsNothingBeforeItIsAsked() {
    store();

    assertThat(folder.resolve("facts")).doesNotExist();
  }

  @Test
  void refusesFactsThatAreNone() {
    assertThatThrownBy(() -> store().remember("  ")).hasMessageContaining("expected some words");
    assertThatThrownBy(() -> store().remember("x".repeat(2001)))
        .hasMessageContaining("at most 2000 characters");
  }

  @Test
  void losesNoFactOfTwoWriters() throws InterruptedException {
    var threads = new ArrayList<Thread>();
    for (int writer = 0; writer < 2; writer++) {
      String name = "writer" + writer;
      FactStore own = store();
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int i = 0; i < 8; i++) {
                      own.remember(name + " says " + i);
                    }
                  }));
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(store().newest(100)).hasSize(16);
  }

  @Test
  void keepsADamagedIndexAndSaysWhereItIs() throws IOException {
    remember("likes tea");
    try (var files = Files.list(folder.resolve("facts"))) {
      for (Path file : files.filter(f -> f.getFileName().toString().startsWith("seg")).toList()) {
        Files.write(file, new byte[] {1, 2, 3});
      }
    }

    assertThatThrownBy(() -> store().recall("tea", 5))
        .isInstanceOf(MemoryException.class)
        .hasMessageContaining("facts: the stored facts cannot be used")
        .hasMessageContaining("move the folder away");
  }

  @Test
  void servesTheToolsOfAnAgent() {
    Toolbox box = new MemoryTools(store()).addTo(Toolbox.builder()).build();

    assertThat(box.call("remember", "{\"fact\":\"喜欢喝铁观音\"}").text()).isEqualTo("{\"ok\":true}");
    assertThat(box.call("recall", "{\"query\":\"喝什么\"}").text())
        .isEqualTo("{\"facts\":[\"喜欢喝铁观音\"]}");
    assertThat(box.call("recall", "{\"query\":\"shoes\"}").text()).isEqualTo("{\"facts\":[]}");
    assertThat(box.effect("remember")).contains(Effect.WRITE);
    assertThat(box.effect("recall")).contains(Effect.READ);
  }

  private void remember(String... facts) {
    for (String fact : facts) {
      store().remember(fact);
      now++;
    }
  }

  private FactStore store() {
    return new FactStore(
        folder.resolve("facts"), Clock.fixed(Instant.ofEpochMilli(now), ZoneOffset.UTC));
  }
}
