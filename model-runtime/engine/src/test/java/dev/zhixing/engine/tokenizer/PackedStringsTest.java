package dev.zhixing.engine.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class PackedStringsTest {
  private static final List<String> TEXTS = List.of("", "a", "長い", "", "a b", "😀");

  @Test
  void isTheListThatItWasMadeOf() {
    PackedStrings packed = PackedStrings.of(TEXTS);

    assertThat(packed).isEqualTo(TEXTS);
    assertThat(PackedStrings.of(packed)).isSameAs(packed);
    assertThat(packed.copy(2)).isEqualTo("長い".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void growsAsStringsAreAdded() {
    PackedStrings.Builder builder = new PackedStrings.Builder(0, 0);
    for (String text : TEXTS) {
      builder.add(text.getBytes(StandardCharsets.UTF_8));
    }

    assertThat(builder.build()).isEqualTo(TEXTS);
  }

  @Test
  void findsTheFirstOfEqualStrings() {
    PackedStrings packed = PackedStrings.of(TEXTS);
    ByteStrings index = new ByteStrings(packed);
    packed.forEach(
        text -> assertThat(index.id(text.getBytes(StandardCharsets.UTF_8), 0)).isEqualTo(-1));
    for (int id = 0; id < packed.size(); id++) {
      index.put(id);
    }

    assertThat(index.id(new byte[0], 0)).isZero();
    assertThat(index.id("xa by".getBytes(StandardCharsets.UTF_8), 1, 4)).isEqualTo(4);
    assertThat(index.id("b".getBytes(StandardCharsets.UTF_8), 1)).isEqualTo(-1);
  }
}
