package dev.zhixing.agent.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhixing.agent.RecordedCall;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each text holds {@code hunter2}, alone or within the secret; nothing of it may be left. */
class SecretsInTextsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"dbPassword\":\"hunter2\"}",
        "{\"user_password\":\"hunter2\"}",
        "{\"accessToken\":\"hunter2\",\"n\":1}",
        "{\"X-Api-Key\":[\"hunter2\"]}",
        "dbPassword: hunter2",
        "user_password=hunter2",
        "X-Api-Key: hunter2",
        "DB_PASSWORD=hunter2",
        "SECRET_KEY=hunter2",
        "AWS_SECRET_ACCESS_KEY=hunter2",
        "client_secret=hunter2&grant_type=x",
        "PGPASSWORD=hunter2",
        "SECRET_KEY_BASE = hunter2",
        "apiKey2: hunter2",
        "password_confirmation=hunter2",
        "spring.datasource.password=hunter2",
      })
  void takesOutWhatFollowsAnyNameWhoseLastWordsAreASecrets(String text) {
    assertNothingIsLeft(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Here: {\"password\":\"hunter2\"} is what I sent",
        "{\"a\":1}\n{\"password\":\"hunter2\"}\n",
        "{\n  \"login\": {\n    \"password\":\n      \"hunter2\"\n",
        "{\"user\":\"ann\",\"password\":\"hunter2",
        "{\"user\":\"ann\",\"password\":\"correct hunter2 battery",
        "\"{\\\"password\\\":\\\"hunter2\\\"}\"",
        "{\"body\":\"{\\\"password\\\":\\\"hunter2\\\"}",
        "{\"a\":\"{\\\"b\\\":\\\"{\\\\\\\"password\\\\\\\":\\\\\\\"a hunter2\\\\\\\"}",
        "{\"password\":\"hunter2\",\"password\":null}",
        "{\"password\":\"a\\\"hunter2\"} and more",
        "{\"pass\\u0077ord\":\"hunter2\" and",
        "{\"credentials\":{\"user\":\"ann\",\"word\":[\"hunter2\"]},",
        "{\"name\":\"DB_PASSWORD\",\"value\":\"hunter2\"}",
        "[{\"value\":\"hunter2\",\"name\":\"Authorization\"}]",
        "[\"login\",\"--password\",\"hunter2\"]",
      })
  void takesOutPropertiesOfJsonInAnyState(String text) {
    assertNothingIsLeft(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "token: hunter2",
        "GET /a?token=hunter2&b=1 HTTP/1.1",
        "GET /a?x=1&access_token=hunter2",
        "Authorization: token hunter2",
        "Authorization: Basic hunter2==",
        "Authorization: Bearer hunter2",
        "curl -H 'Authorization: Bearer hunter2' https://example.org",
        "Proxy-Authorization: Digest username=\"ann\", response=\"hunter2\"",
        "Cookie: theme=dark; sid=hunter2",
        "Set-Cookie: sid=hunter2; Path=/; HttpOnly",
        "<password>hunter2</password>",
        "<a:Password Type=\"text\">hunter2</a:Password>",
        "<password><![CDATA[hunter2]]></password>",
        "<login password=\"hunter2\"/>",
        "{'user': 'ann', 'password': 'hunter2'}",
        "密码：“hunter2”",
        "“密码”：“hunter2”",
        "我的密码是hunter2。",
        "password=\"correct hunter2 battery\"",
        "passphrase: 'correct horse hunter2'",
        "my passphrase is correct horse hunter2",
        "my password is hunter2",
        "https://ann:p@hunter2@example.org/",
        "https://ann:pa/hunter2@example.org/",
      })
  void takesOutWhatFollowsTheNameInOtherForms(String text) {
    assertNothingIsLeft(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-----BEGIN PGP PRIVATE KEY BLOCK-----\n\nhunter2\n-----END PGP PRIVATE KEY BLOCK-----",
        "-----BEGIN OPENSSH PRIVATE KEY-----\nhunter2\nhunter2",
        "hunter2\nhunter2==\n-----END RSA PRIVATE KEY-----",
        "{\"key\":\"-----BEGIN PRIVATE KEY-----\\nhunter2\\n-----END PRIVATE KEY-----\"}",
      })
  void takesOutPrivateKeysWholeOrCutOff(String text) {
    assertNothingIsLeft(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ghp_abcdefghijklmnopqrstuvwxyz0hunter2",
        "xghp_abcdefghijklmnopqrstuvwxyz0hunter2",
        "token_sk-proj-abcdefghijklmnop0hunter2",
      })
  void takesOutKnownKeysThoughGluedToOtherText(String text) {
    assertNothingIsLeft(text);
  }

  @Test
  void takesOutSecretsInTheFormatsOfOtherPrograms() throws IOException {
    String texts =
        new String(
            Objects.requireNonNull(SecretsInTextsTest.class.getResourceAsStream("secrets.txt"))
                .readAllBytes(),
            StandardCharsets.UTF_8);

    assertThat(texts.split("\n%%\n", -1))
        .hasSizeGreaterThan(60)
        .allSatisfy(SecretsInTextsTest::assertNothingIsLeft);
  }

  @Test
  void takesOutNamesThatAreSecrets() {
    String clean =
        clean("{\"ghp_abcdefghijklmnopqrstuvwxyz0\":1,\"ghp_zyxwvutsrqponmlkjihgfedcba0\":2}");

    assertThat(clean).isEqualTo("{\"«redacted»\":1,\"«redacted 2»\":2}");
  }

  @Test
  void keepsWhatStandsBesideASecret() {
    assertThat(clean("Server=db;Password=hunter2;Encrypt=true"))
        .isEqualTo("Server=db;Password=«redacted»;Encrypt=true");
    assertThat(clean("https://x/a?token=hunter2&page=2"))
        .isEqualTo("https://x/a?token=«redacted»&page=2");
    assertThat(clean("The password is hunter2, use it."))
        .isEqualTo("The password is «redacted», use it.");
    assertThat(clean("密码是hunter2，然后打开灯")).isEqualTo("密码是«redacted»，然后打开灯");
    assertThat(clean("{'password': 'hunter2', 'n': 1}"))
        .isEqualTo("{'password': '«redacted»', 'n': 1}");
    assertThat(clean("{\"pin\":4711} is it")).isEqualTo("{\"pin\":\"«redacted»\"} is it");
    assertThat(clean("export DB_PASSWORD='hunter2' && run"))
        .isEqualTo("export DB_PASSWORD='«redacted»' && run");
    assertThat(clean("Authorization: Bearer hunter2\r\nHost: x"))
        .isEqualTo("Authorization: Bearer «redacted»\r\nHost: x");
  }

  @Test
  void marksTheSameSecretAlikeAndOthersDifferently() {
    assertThat(clean("password=hunter2 password=hunter3 password=hunter2"))
        .isEqualTo("password=«redacted» password=«redacted 2» password=«redacted»");
  }

  @Test
  void leavesMarksAsTheyAreAndGivesNoneTwice() {
    String once = clean("password=hunter2 password=hunter3 {\"token\":\"hunter4\"}");

    assertThat(clean(once)).isEqualTo(once);
    assertThat(clean(once + " secret=hunter5")).isEqualTo(once + " secret=«redacted 4»");
  }

  private static String clean(String text) {
    return Redaction.standard().text(text);
  }

  private static void assertNothingIsLeft(String text) {
    assertThat(clean(text)).doesNotContain("hunter2").contains(RecordedCall.REDACTED);
  }
}
