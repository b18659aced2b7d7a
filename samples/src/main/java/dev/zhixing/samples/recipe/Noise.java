package dev.zhixing.samples.recipe;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The way people type: capitals and full stops or none, lost apostrophes and commas, slips of the
 * finger. Numbers in digits and in words are never touched, nor are the parts that the caller wants
 * kept (names, order numbers, addresses). Stateless.
 */
public final class Noise {

  private static final Set<String> NUMBER_WORDS =
      Set.of(
          "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand half quarter quarters third thirds point minus dozen couple first second seconds minute minutes hour hours on off not front back open shut light night lock unlock"
              .split(" "));

  private static final Map<String, String> SHORT =
      Map.ofEntries(
          Map.entry("please", "pls"),
          Map.entry("you", "u"),
          Map.entry("the", "teh"),
          Map.entry("thanks", "thx"),
          Map.entry("are", "r"),
          Map.entry("and", "n"),
          Map.entry("going", "goin"),
          Map.entry("because", "cuz"),
          Map.entry("tonight", "tonite"),
          Map.entry("your", "ur"),
          Map.entry("with", "w"),
          Map.entry("tomorrow", "tmrw"),
          Map.entry("to", "2"),
          Map.entry("for", "4"));

  /** Behind a letter that ends no number: commas between numbers part them. */
  private static final String BETWEEN_WORDS =
      "(?<=\\p{L})(?<!(?:one|two|three|four|five|six|seven|eight|nine|ten|een|ty|dred|sand))";

  private static final Pattern DIGIT = Pattern.compile("\\d");
  private static final Pattern WORD = Pattern.compile("[A-Za-z']+");

  private Noise() {}

  /** {@code text} as someone may have typed it; each of {@code keep} stays letter by letter. */
  public static String typed(Draw draw, String text, String... keep) {
    String masked = text.replaceAll("^[，,。 ]+|[，, -]+$", "");
    List<String> kept = new ArrayList<>();
    for (String part : keep) {
      if (!part.isEmpty() && masked.contains(part)) {
        masked = masked.replace(part, String.valueOf((char) (0xE000 + kept.size())));
        kept.add(part);
      }
    }
    String noisy = draw.isChinese() ? chinese(draw, masked) : english(draw, masked);
    for (int i = 0; i < kept.size(); i++) {
      noisy = noisy.replace(String.valueOf((char) (0xE000 + i)), kept.get(i));
    }
    return noisy;
  }

  private static String english(Draw draw, String text) {
    double style = draw.random().nextDouble();
    if (style < 0.42) {
      String proper = capitals(text);
      boolean ended = ".?!".indexOf(proper.charAt(proper.length() - 1)) >= 0;
      return ended ? proper : proper + (draw.chance(0.75) ? "." : draw.chance(0.3) ? "!" : "");
    }
    String out = style < 0.85 ? text.toLowerCase(Locale.ROOT) : text;
    if (draw.chance(0.3)) {
      out = out.replace("'", "");
    }
    if (draw.chance(0.2)) {
      out = out.replaceAll(BETWEEN_WORDS + ", ", " ");
    }
    if (draw.chance(0.4)) {
      out = out.replaceAll("[.?]$", "");
    }
    if (draw.chance(0.15)) {
      out = shorten(draw, out);
    }
    int slips = draw.chance(0.16) ? draw.between(1, 2) : 0;
    for (int i = 0; i < slips; i++) {
      out = slip(draw, out);
    }
    return out;
  }

  private static String capitals(String text) {
    StringBuilder out = new StringBuilder(text);
    boolean start = true;
    for (int i = 0; i < out.length(); i++) {
      char c = out.charAt(i);
      if (start && Character.isLetter(c)) {
        out.setCharAt(i, Character.toUpperCase(c));
      }
      if (!Character.isWhitespace(c) && c != '"') {
        boolean stop = c == '.' || c == '?' || c == '!';
        start = stop && i + 1 < out.length() && out.charAt(i + 1) == ' ';
      }
    }
    return out.toString().replaceAll("\\bi\\b(?=['\\s])", "I");
  }

  private static String shorten(Draw draw, String text) {
    Matcher words = WORD.matcher(text);
    StringBuilder out = new StringBuilder();
    while (words.find()) {
      String word = words.group();
      String brief = SHORT.get(word);
      boolean rare = brief != null && "2 4 n w teh".contains(brief);
      boolean digit = brief != null && "2 4".contains(brief);
      boolean use =
          brief != null && draw.chance(rare ? 0.05 : 0.6) && !(digit && DIGIT.matcher(text).find());
      words.appendReplacement(out, Matcher.quoteReplacement(use ? brief : word));
    }
    return words.appendTail(out).toString();
  }

  private static String slip(Draw draw, String text) {
    List<int[]> places = new ArrayList<>();
    Matcher words = WORD.matcher(text);
    while (words.find()) {
      boolean plain = !NUMBER_WORDS.contains(words.group().toLowerCase(Locale.ROOT));
      if (plain && words.end() - words.start() >= 4) {
        places.add(new int[] {words.start(), words.end()});
      }
    }
    if (places.isEmpty()) {
      return text;
    }
    int[] word = draw.pick(places);
    int at = draw.between(word[0] + 1, word[1] - 2);
    StringBuilder out = new StringBuilder(text);
    switch (draw.between(0, 3)) {
      case 0 -> {
        char c = out.charAt(at);
        out.setCharAt(at, out.charAt(at + 1));
        out.setCharAt(at + 1, c);
      }
      case 1 -> out.insert(at, out.charAt(at));
      case 2 -> out.deleteCharAt(at);
      default -> {
        if (out.charAt(word[1] - 1) == out.charAt(word[1] - 2)) {
          out.deleteCharAt(word[1] - 1);
        } else {
          out.insert(at + 1, out.charAt(at));
        }
      }
    }
    return out.toString();
  }

  private static String chinese(Draw draw, String text) {
    String out = text;
    if (draw.chance(0.1)) {
      out = out.replace('，', ' ').replace('、', ' ');
    } else if (draw.chance(0.05)) {
      out = out.replace('，', ',').replace('？', '?').replace('！', '!');
    } else if (draw.chance(0.06)) {
      out = out.replaceAll("(?<![\\d零一二三四五六七八九十百千万半])，", "").replace("。", "");
    }
    boolean ended = "。？！~?!".indexOf(out.charAt(out.length() - 1)) >= 0;
    if (!ended && draw.chance(0.22)) {
      out += draw.chance(0.85) ? "。" : "！";
    } else if (ended && draw.chance(0.35)) {
      out = out.substring(0, out.length() - 1);
    }
    return out.isEmpty() ? text : out;
  }
}
