package dev.zhixing.agent.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrdinaryTextsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "A password must have eight characters; the password is stored hashed.",
        "Password: must be at least 8 characters long",
        "Is the password wrong? The token is expired, and a token is required.",
        "How do I reset my password? Passwords: how to choose them.",
        "The API key is missing from the request.",
        "Use the --password option, or --token to log in.",
        "Authorization: required for all calls. Cookie: a small piece of text.",
        "密码是必填项。密码为空。密码是什么？请输入密码：",
        "Basic understanding of bearer certificates is enough.",
        "The secret is to listen.",
        "password reset e-mails and the token count are logged",
      })
  void leavesTalkAboutPasswordsAsItIs(String text) {
    assertKept(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"tokens\": 120, \"maxTokens\": 5}",
        "maxTokens=5",
        "max_tokens: 5, tokens: [\"The\", \" cat\"]",
        "{\"eos_token\": \"</s>\", \"pad_token\": \"<pad>\"}",
        "the next token: 42; 3.5 ms per token: 12 of them",
        "{\"token_type\": \"bearer\", \"expires_in\": 3600}",
        "tokenizer: bpe, token_count=7, first token: 0.95 s",
      })
  void leavesTokensOfTextsAsTheyAre(String text) {
    assertKept(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "author: x",
        "secretary: Anna",
        "{\"author\": \"Ann\", \"secretary\": \"Anna\", \"keyboard\": \"qwertz12\"}",
        "{\"hash\": \"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08\"}",
        "{\"id\": \"call_Ab12Cd34Ef56\", \"primary_key\": \"id\", \"publicKey\": \"abc123\"}",
        "https://example.org:8080/users/@ann?page=2&sort=key",
        "git clone ssh://git@github.com/ann/repo.git",
        "task-management-system-overview-2024 and risk-assessment-of-2024-results",
        "Set the pin: 13 of the board; spin: 7; passes: 3; bypass: on",
        "password_policy: strict, password.length=8, passwordHint: none",
        "token = next(it); password = getPass(); secret = config.get('a')",
        "password=${DB_PASSWORD} token=$TOKEN key={{ secrets.KEY }} password: ****",
        "{\"password\":null,\"token\":\"\",\"secret\":false}",
        "{\"password\": {\"type\": \"string\", \"description\": \"at least 8 characters\"}}",
        "user: ann\nhost: example.org\nport: 22",
        "C:\\new\\table.txt and \\u0041 and 100% \"quoted\" text",
        "Boarding pass: gate 12; tests: pass: 12, fail: 3",
        "SHA-256: 2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae",
        "550e8400-e29b-41d4-a716-446655440000",
        "The author's secretary, Anna: \"token of thanks\".",
      })
  void leavesOtherTextsAsTheyAre(String text) {
    assertKept(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name,price,stock\nlamp,12.50,7\nbook of passwords,3,1",
        "id,token,count\n17,hello,3\n18,world,2",
        "pin,signal,level\n1,GND,low\nA2,DATA1,high",
        "Option,Password,Default\nlength,required,8\nage,optional,90",
        "| Count | Token |\n|---|---|\n| 5 | the |\n| 12 | cat |",
        "username, password, token\nemail, phone, address",
        "user,password\n\nAnn,Bob",
        "We asked for user, password\nThanks, Ann",
        "SELECT user,password\nFROM people,places",
        "def login(user, password):\n    return check(user, password)",
        "user,password\nann,«redacted»",
        "user,password\nann,${DB_PASSWORD}\nbob,",
      })
  void leavesTablesWithoutSecretsAsTheyAre(String text) {
    assertKept(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "The login and/or the password; credentials n/a; log in on/off.",
        "Login success/failure is logged on 12/05/2024 and 2024/12/05, 24/7.",
        "The credentials in /etc/app/secrets2.yaml and src/main/java1 are read by login"
            + " app/index2.html",
        "login admin/user pages, login user/password, credentials: username/password",
        "Login as admin/root or as user10/user20; sign in with GET/POST and OAuth1/OAuth2.",
        "See the login page: https://example.org/login/form12ab/start99",
        "net use Z: \\\\srv\\share /persistent:yes",
        "net use maps drives; net use Z: \\\\srv\\share and then log in",
        "The password's length and the token's 2nd part; my password's too short.",
        "Forgot your password? Click here. /reset-password?id=12345678a&x=1 or"
            + " password?mode=reset12",
        "Password:\n\nPassword:\nrequired\nPassword:\nConfirm:\nPassword:\nat least 8 characters",
        "Password:\nSubmit\nPassword:\nSHA-256\npassword:\n  secretKeyRef:\n    name: db1",
        "Use setx API_KEY to set it; the setx command; an environment with PASSWORD set",
      })
  void leavesWhatOnlyResemblesALoginAsItIs(String text) {
    assertKept(text);
  }

  private static void assertKept(String text) {
    assertThat(Redaction.standard().text(text)).isEqualTo(text);
  }
}
