package dev.zhixing.agent.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Half a megabyte of anything is read in linear time: reading it anew from each of its places would
 * take 137 thousand million steps, more than a minute at half a nanosecond each.
 */
class HostileTextsTest {
  private static final int SIZE = 1 << 19;

  @ParameterizedTest
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  @ValueSource(
      strings = {
        "{",
        "[",
        "\"",
        "\\",
        "\\\"",
        "'",
        "“",
        "password=",
        "password=\"",
        "password='",
        "password: ",
        "password ",
        "password is ",
        "password=“",
        "\"password\":{",
        "\"password\":[\"",
        "\"a\":{",
        "\"auth\":{",
        "auth=“",
        "auth=\"auth='",
        "cookie: ",
        "cookie:",
        "authorization: required ",
        "authorization:",
        "“authorization: x\n",
        "<password>",
        "<password ",
        "<auth>",
        "password | ",
        "password=f(",
        "password=${",
        "password=“${",
        "passphrase is the ",
        "passphrase: x ",
        "password: |\n",
        "a-",
        "a.",
        "eyJ",
        "eyJ-",
        "sk-",
        "sk-a",
        "ghp_",
        "AKIA",
        "://",
        "://a:b/",
        "://a:b@",
        "a:b@",
        "-----BEGIN PRIVATE KEY-----",
        "-----END PRIVATE KEY-----",
        "-----BEGIN ",
        "密码",
        "密码是",
        "密码：“",
        "&quot;",
        "password=&quot;",
        "%22",
        "password%3D",
        "bearer ",
        "basic ",
        "bearer a",
        "$2a$",
        "mysql ",
        "docker login ",
        "docker login -p",
        "redis-cli ",
        "-u a",
        "--user a:",
        "login a password ",
        "?key=",
        "identified by '",
        "--password ",
        "name: password\n value: ",
        "«redacted»",
        "«redacted ",
        " ",
        "\n",
        "key ",
        "api key ",
        "\\\\\\\"password\\\\\\\":\\\\\\\"",
        "\\u0070",
        "1234567890:AA",
        "password=,",
        "password=\\",
        "password=a&",
        "password: a\n  ",
        "\"password\" ",
        "*",
        "password**",
        "password\\n",
        "M",
        "MTA.",
        "jdbc:oracle:thin:a",
        "PuTTY-User-Key-File-3: ",
        "Private-MAC: ",
        "token=1 ",
        "user,password\n",
        "user,password\na,\"",
        "user,password\na,b\n",
        "a,",
        "password,",
        "|password|\n",
        "|password",
        "\t",
        "user,password\n\"\n",
        "Password:\n",
        "Password for a ",
        "Password: \n a",
        "login a/",
        "login for a ",
        "login a",
        "credentials ",
        "net use ",
        "net use \\\\a ",
        "net use \\\\a /user:a ",
        "password's ",
        "pwd?",
        "pwd?a",
        "setx ",
        "setx password ",
        "ENV password ",
      })
  void readsHalfAMegabyteOf(String piece) {
    String text = piece.repeat(SIZE / piece.length());

    assertThat(Redaction.standard().text(text)).isNotNull();
    assertThat(Redaction.standard().text("{\"a\":\"" + text)).isNotNull();
  }

  @Test
  @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void readsAnyMixtureOfWhatItLooksFor() {
    SplittableRandom random = new SplittableRandom(7);
    List<String> pieces =
        List.of(
            "password",
            "auth",
            "=",
            ":",
            "\"",
            "'",
            "\\",
            "{",
            "}",
            "[",
            "]",
            ",",
            " ",
            "\n",
            "is",
            "“",
            "”",
            "ghp_",
            "://",
            "@",
            "a1B2",
            "<",
            ">",
            "|",
            "-",
            "cookie",
            "密码",
            "是",
            "name",
            "value",
            "&",
            "%22",
            "«redacted»",
            "eyJ",
            ".",
            "/",
            "(",
            "$",
            "token",
            "PRIVATE KEY-----",
            "-----BEGIN ");
    for (int i = 0; i < 20; i++) {
      StringBuilder text = new StringBuilder();
      List<String> some = new ArrayList<>();
      for (int j = 0; j < 2 + i / 2; j++) {
        some.add(pieces.get(random.nextInt(pieces.size())));
      }
      while (text.length() < SIZE / 2) {
        text.append(some.get(random.nextInt(some.size())));
      }

      String once = Redaction.standard().text(text.toString());

      assertThat(once).isNotNull();
    }
  }
}
