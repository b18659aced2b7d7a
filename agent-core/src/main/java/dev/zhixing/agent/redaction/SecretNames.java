package dev.zhixing.agent.redaction;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which names stand before secrets. The last words of a name decide, however it is written: {@code
 * dbPassword}, {@code DB_PASSWORD}, {@code db-password} and {@code db.password} are the same.
 * Immutable.
 */
final class SecretNames {
  /** Longer names are judged by their end. */
  private static final int LONGEST = 64;

  private static final Pattern NO_LETTERS = Pattern.compile("[^\\p{L}\\p{N}]+");

  private static final Map<Secrecy, String> LAST_WORDS =
      Map.of(
          Secrecy.PASSWORD,
          """
          password passwd passwrd pwd pw psw passwort kennwort contraseña contrasena senha passe \
          wachtwoord lösenord hasło jelszó şifre salasana пароль dbpass userpass smtppass mailpass \
          adminpass rootpass mysqlpass ftppass redispass loginpass authpass sshpass proxypass \
          emailpass mypass wifipass storepass keystorepass keypass\
          """,
          Secrecy.PHRASE,
          "passphrase mnemonic seedphrase recoveryphrase recoverywords",
          Secrecy.PIN,
          "pin pincode cvv cvc cvv2 cvc2 securitycode passcode otp totp verificationcode",
          Secrecy.HEADER,
          "authorization cookie",
          Secrecy.TOKEN,
          "token",
          Secrecy.KEY,
          """
          secret credential apikey accesskey secretkey privatekey signingkey encryptionkey \
          decryptionkey masterkey accountkey authkey sharedkey servicekey sshkey deploykey appkey \
          applicationkey clientkey sessionkey storagekey subscriptionkey licensekey hmackey aeskey \
          rsakey jwtkey webhookkey consumerkey writekey adminkey pgpkey gpgkey primaryaccesskey \
          recoverykey cookiekey openaikey anthropickey stripekey githubkey awskey gcpkey azurekey \
          secretid bearer recoverycode backupcode connectionpassword wepkey wpakey presharedkey psk\
          """,
          Secrecy.IF_RANDOM,
          "auth pass signature sig sas sid session sessionid jsessionid phpsessid");

  /** Ends of words that were glued together, as in PGPASSWORD. */
  private static final List<String> ENDS =
      List.of(
          "password",
          "passwd",
          "passwort",
          "passphrase",
          "secret",
          "token",
          "apikey",
          "accesskey",
          "secretkey",
          "privatekey",
          "credential");

  /** Words that may stand behind those that decide. */
  private static final Set<String> BEHIND =
      words(
          "confirmation confirm confirmed again repeat old new current value plain plaintext base"
              + " base64 b64 prod production dev test staging live string str env default");

  /** Words before "token" that say that it is one of a text or of a list's pages. */
  private static final Set<String> OF_TEXTS =
      words(
          "eos bos pad unk sep cls mask stop end start first last next page per each every max min"
              + " special draft prompt input output image text one cancellation continuation");

  private static final Map<String, Secrecy> ASIAN_NOUNS =
      Map.ofEntries(
          Map.entry("密码", Secrecy.PASSWORD),
          Map.entry("密碼", Secrecy.PASSWORD),
          Map.entry("口令", Secrecy.PASSWORD),
          Map.entry("密钥", Secrecy.KEY),
          Map.entry("金鑰", Secrecy.KEY),
          Map.entry("私钥", Secrecy.KEY),
          Map.entry("令牌", Secrecy.TOKEN),
          Map.entry("验证码", Secrecy.PIN),
          Map.entry("助记词", Secrecy.PHRASE),
          Map.entry("パスワード", Secrecy.PASSWORD),
          Map.entry("暗証番号", Secrecy.PIN),
          Map.entry("비밀번호", Secrecy.PASSWORD),
          Map.entry("암호", Secrecy.PASSWORD));

  private final Map<String, Secrecy> byWords;

  private SecretNames(Map<String, Secrecy> byWords) {
    this.byWords = Map.copyOf(byWords);
  }

  static SecretNames standard() {
    Map<String, Secrecy> all = new HashMap<>();
    LAST_WORDS.forEach((secrecy, words) -> words(words).forEach(word -> all.put(word, secrecy)));
    return new SecretNames(all);
  }

  static SecretNames none() {
    return new SecretNames(Map.of());
  }

  /** The same, and names that end with the words of {@code name}. */
  SecretNames and(String name) {
    Map<String, Secrecy> more = new HashMap<>(byWords);
    more.put(String.join("", split(name)), Secrecy.KEY);
    return new SecretNames(more);
  }

  boolean isEmpty() {
    return byWords.isEmpty();
  }

  /** What {@code name} says of a value in a structure such as JSON, where plurals count too. */
  Secrecy ofProperty(String name) {
    Secrecy secrecy = of(name);
    String plain = name.strip();
    boolean plural = secrecy == Secrecy.NONE && plain.endsWith("s") && !plain.endsWith("ss");
    Secrecy one = plural ? of(plain.substring(0, plain.length() - 1)) : secrecy;
    return plural && (one == Secrecy.TOKEN || one == Secrecy.IF_RANDOM) ? Secrecy.NONE : one;
  }

  /** What {@code name}, one or several words, says of the value that follows it. */
  Secrecy of(String name) {
    if (byWords.isEmpty()) {
      return Secrecy.NONE;
    }
    int from = Math.max(0, name.length() - LONGEST);
    List<String> words = split(name.substring(from));
    while (words.size() > 1 && (BEHIND.contains(words.getLast()) || isNumber(words.getLast()))) {
      words.removeLast();
    }
    if (words.isEmpty()) {
      return Secrecy.NONE;
    }
    Secrecy secrecy = ofLast(words);
    boolean ofText =
        secrecy == Secrecy.TOKEN
            && words.size() > 1
            && OF_TEXTS.contains(words.get(words.size() - 2));
    return ofText ? Secrecy.NONE : secrecy;
  }

  private Secrecy ofLast(List<String> words) {
    String last = "";
    for (int i = words.size() - 1; i >= Math.max(0, words.size() - 4); i--) {
      last = words.get(i) + last;
      Secrecy secrecy = byWords.getOrDefault(last, Secrecy.NONE);
      if (secrecy != Secrecy.NONE) {
        return secrecy;
      }
    }
    String word = words.getLast();
    for (String end : ENDS) {
      if (word.endsWith(end) && byWords.containsKey(end)) {
        return byWords.getOrDefault(end, Secrecy.NONE);
      }
    }
    return ofAsian(word);
  }

  private static Secrecy ofAsian(String word) {
    if (!word.isEmpty() && Letters.isAsian(word.charAt(word.length() - 1))) {
      for (Map.Entry<String, Secrecy> noun : ASIAN_NOUNS.entrySet()) {
        if (word.endsWith(noun.getKey())) {
          return noun.getValue();
        }
      }
    }
    return Secrecy.NONE;
  }

  /** The noun for a secret, of a language without spaces, that begins at {@code at}; or none. */
  String asianNounAt(String text, int at) {
    if (byWords.isEmpty()) {
      return "";
    }
    for (String noun : ASIAN_NOUNS.keySet()) {
      if (text.startsWith(noun, at)) {
        return noun;
      }
    }
    return "";
  }

  /** The words of {@code name} in lower case. */
  private static List<String> split(String name) {
    List<String> words = new ArrayList<>();
    int start = 0;
    int digits = name.length(); // where the digits at its end begin
    while (digits > 0 && Character.isDigit(name.charAt(digits - 1))) {
      digits--;
    }
    for (int i = 1; i <= name.length(); i++) {
      if (i == name.length() || begins(name, i, digits)) {
        String word = letters(name.substring(start, i));
        if (!word.isEmpty()) {
          words.add(word);
        }
        start = i;
      }
    }
    return words;
  }

  private static String letters(String part) {
    String letters = isPlain(part) ? part : NO_LETTERS.matcher(part).replaceAll("");
    return letters.toLowerCase(Locale.ROOT);
  }

  private static boolean isPlain(String part) {
    for (int i = 0; i < part.length(); i++) {
      char c = part.charAt(i);
      if (c >= 128 || !Character.isLetterOrDigit(c)) {
        return false;
      }
    }
    return true;
  }

  private static boolean begins(String name, int i, int digits) {
    char before = name.charAt(i - 1);
    char here = name.charAt(i);
    boolean hump =
        Character.isUpperCase(here)
            && (Character.isLowerCase(before)
                || Character.isDigit(before)
                || (i + 1 < name.length() && Character.isLowerCase(name.charAt(i + 1))));
    return hump
        || !Character.isLetterOrDigit(before)
        || (i == digits && Character.isLetter(before));
  }

  private static boolean isNumber(String word) {
    return word.chars().allMatch(Character::isDigit);
  }

  private static Set<String> words(String words) {
    return Set.of(words.strip().split("\\s+", -1));
  }
}
