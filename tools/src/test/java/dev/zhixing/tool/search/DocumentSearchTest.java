package dev.zhixing.tool.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DocumentSearchTest {

  @TempDir Path folder;
  private Path documents;
  private Path index;

  @BeforeEach
  void writeDocuments() throws IOException {
    documents = Files.createDirectories(folder.resolve("docs"));
    index = folder.resolve("index");
    write(
        "shop/returns.md",
        """
        # Returns

        Unused items can be returned within 45 days of delivery.

        ## Refunds

        A refund takes five working days to reach your bank.
        """);
    write("shop/发货.txt", "订单在付款后两天内发货。\n\n偏远地区的运费是十元。");
    write("garden.txt", "Water the tomatoes in the evening.\n\nPrune the roses in March.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "how long do refunds take? | shop/returns.md | Refunds",
        "returning an item | shop/returns.md | Returns",
        "pruning roses | garden.txt | ''",
        "运费多少 | shop/发货.txt | ''",
        "什么时候发货 | shop/发货.txt | ''"
      })
  void findsThePassageInEitherLanguage(String query, String file, String heading) {
    var found = search().find(query);

    assertThat(found.passages().getFirst().file()).isEqualTo(file);
    assertThat(found.passages().getFirst().heading()).isEqualTo(heading);
    assertThat(found.skipped()).isZero();
  }

  @Test
  void findsASingleChineseCharacter() {
    assertThat(search().find("费").passages()).extracting(Passage::file).contains("shop/发货.txt");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "the of", "text:* AND (", "zzzz", "\"", "🙂", "+-&&||!(){}[]^~*?:\\/"})
  void answersNothingToWordsThatAreNowhere(String query) {
    assertThat(search().search(query)).isEqualTo("{\"results\":[]}");
  }

  @Test
  void takesInWhatChangedSinceAnEarlierProcess() throws IOException {
    search().find("roses");
    write("garden.txt", "Plant the tulips in autumn.");
    Files.setLastModifiedTime(documents.resolve("garden.txt"), FileTime.fromMillis(1));
    write("new.md", "The parrot is called Coco.");
    Files.delete(documents.resolve("shop/returns.md"));

    assertThat(search().find("roses").passages()).isEmpty();
    assertThat(search().find("refund").passages()).isEmpty();
    assertThat(search().find("tulip").passages()).hasSize(1);
    assertThat(search().find("parrot").passages()).hasSize(1);
  }

  @Test
  void leavesOutAndCountsWhatIsNoText() throws IOException {
    Files.write(documents.resolve("binary.txt"), new byte[] {1, 2, 0, 3, (byte) 0xFF, 7});
    Files.write(documents.resolve("huge.txt"), new byte[3 << 20]);
    Files.write(documents.resolve("ignored.png"), new byte[] {1});
    write(".hidden.md", "roses");
    Files.createSymbolicLink(documents.resolve("loop"), documents);

    assertThat(search().find("roses").skipped()).isEqualTo(2);
    assertThat(search().find("roses").passages()).hasSize(1);
    assertThat(search().search("roses")).endsWith(",\"skipped\":2}");
  }

  @Test
  void readsGb18030() throws IOException {
    Files.write(documents.resolve("旧.txt"), "熊猫住在四川的山里。".getBytes(Charset.forName("GB18030")));

    assertThat(search().find("熊猫").passages()).extracting(Passage::file).containsExactly("旧.txt");
  }

  @Test
  void cutsLongTextsIntoShortPassages() throws IOException {
    write(
        "long.txt", "All work and no play makes Jack a dull boy. ".repeat(200) + "x".repeat(3000));

    for (Passage passage : search().find("Jack").passages()) {
      assertThat(passage.text()).hasSizeBetween(1, 500);
    }
  }

  @Test
  void buildsADamagedIndexAnew() throws IOException {
    search().find("roses");
    Files.writeString(index.resolve("mine.txt"), "keep");
    for (String damage : List.of("segments_.*", "_.*\\.(cfs|cfe|si|fdt|doc)")) {
      try (var files = Files.list(index)) {
        for (Path file : files.filter(f -> name(f).matches(damage)).toList()) {
          byte[] bytes = Files.readAllBytes(file);
          Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
        }
      }

      assertThat(search().find("roses").passages()).hasSize(1);
    }
    assertThat(index.resolve("mine.txt")).hasContent("keep");
  }

  @Test
  void servesTwoSearchersAtOnce() throws Exception {
    var results = new ArrayList<DocumentSearch.Found>();
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < 2; i++) {
      DocumentSearch own = search();
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    var found = own.find("roses");
                    synchronized (results) {
                      results.add(found);
                    }
                  }));
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(results).hasSize(2).allSatisfy(found -> assertThat(found.passages()).hasSize(1));
  }

  @Test
  void saysThatThereIsNoFolder() {
    var search = new DocumentSearch(folder.resolve("nowhere"), index);

    assertThatThrownBy(() -> search.find("x"))
        .isInstanceOf(SearchException.class)
        .hasMessageContaining("nowhere: expected a folder with documents");
  }

  private DocumentSearch search() {
    return new DocumentSearch(documents, index);
  }

  private void write(String file, String text) throws IOException {
    Path path = documents.resolve(file);
    Files.createDirectories(path.resolveSibling(""));
    Files.writeString(path, text);
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }
}
