package dev.zhixing.samples.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RemoteAddressTest {

  @Test
  void readsUrlAndModel() {
    RemoteAddress address = RemoteAddress.parse("openai:http://localhost:8000/v1#Qwen/Qwen3-8B");

    assertThat(address)
        .isEqualTo(new RemoteAddress(URI.create("http://localhost:8000/v1"), "Qwen/Qwen3-8B"))
        .hasToString("openai:http://localhost:8000/v1#Qwen/Qwen3-8B");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "openai:http://localhost/v1; no model after #",
        "openai:http://localhost/v1#; no model after #",
        "openai:localhost:80/v1#m; does not begin with http",
        "openai:ftp://host/v1#m; does not begin with http",
        "openai:http:///v1#m; without a host",
        "openai:http://a b/v1#m; an invalid URL",
        "openai:https://me:secret@host/v1#m; OPENAI_API_KEY",
        "openai:https://host/v1?key=secret#m; OPENAI_API_KEY"
      })
  void saysWhatIsWrongWithoutRepeatingASecret(String text, String found) {
    assertThatThrownBy(() -> RemoteAddress.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected openai:URL#MODEL")
        .hasMessageContaining(found)
        .hasMessageNotContaining("secret");
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost:8000/v1, false",
    "http://127.0.0.1/v1, false",
    "http://[::1]:80/v1, false",
    "https://api.example.org/v1, false",
    "http://api.example.org/v1, true",
    "http://localhost.example.org/v1, true"
  })
  void knowsWhereOthersCouldReadAKey(String url, boolean open) {
    assertThat(RemoteAddress.parse("openai:" + url + "#m").isOpen()).isEqualTo(open);
  }
}
