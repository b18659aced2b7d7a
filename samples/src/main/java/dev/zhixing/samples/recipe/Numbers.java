package dev.zhixing.samples.recipe;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The many ways to write and say one number, in English and Chinese: {@code 2800}, {@code 2,800},
 * {@code 2.8k}, {@code twenty-eight hundred}, {@code 三千六}, {@code 两万三}, {@code 百分之十七}, {@code 八五折},
 * {@code 三箱半}. Stateless, safe for all threads.
 */
public final class Numbers {

  private static final double IN_WORDS = 0.28;
  private static final double IN_OTHER_DIGITS = 0.4;

  private Numbers() {}

  /** The canonical digits: no separators, no trailing zeros after the point, no exponent. */
  public static String digits(BigDecimal n) {
    return exact(n).toPlainString();
  }

  static BigDecimal exact(BigDecimal n) {
    BigDecimal out = n.stripTrailingZeros();
    return out.scale() < 0 ? out.setScale(0) : out;
  }

  /** {@code 1,234.5}. */
  public static String grouped(BigDecimal n) {
    String text = digits(n.abs());
    int point = text.indexOf('.');
    StringBuilder whole = new StringBuilder(point < 0 ? text : text.substring(0, point));
    for (int i = whole.length() - 3; i > 0; i -= 3) {
      whole.insert(i, ',');
    }
    return (n.signum() < 0 ? "-" : "") + whole + (point < 0 ? "" : text.substring(point));
  }

  /** Any form of a bare number, in the language of the draw; plain digits most often. */
  public static String say(BigDecimal n, Draw draw) {
    if (draw.chance(IN_WORDS)) {
      return inWords(n, draw);
    }
    List<String> forms = draw.isChinese() ? ChineseNumbers.written(n) : EnglishNumbers.written(n);
    return !forms.isEmpty() && draw.chance(IN_OTHER_DIGITS) ? draw.pick(forms) : digits(n);
  }

  public static String say(long n, Draw draw) {
    return say(BigDecimal.valueOf(n), draw);
  }

  /** In words where somebody would say the number in words, else in digits. */
  public static String inWords(BigDecimal n, Draw draw) {
    List<String> forms = draw.isChinese() ? ChineseNumbers.spoken(n) : EnglishNumbers.spoken(n);
    return forms.isEmpty() ? digits(n) : draw.pick(forms);
  }

  /** The plain words: "twenty-two", 二十二. */
  public static String words(long n, Language language) {
    return language == Language.ZH ? ChineseNumbers.words(n) : EnglishNumbers.words(n, true);
  }

  /** A count of people or things, as {@link #say}, also "a dozen" and "two dozen". */
  public static String count(long n, Draw draw) {
    if (!draw.isChinese() && n % 12 == 0 && n <= 48 && draw.chance(0.2)) {
      return n == 12 ? "a dozen" : EnglishNumbers.words(n / 12, true) + " dozen";
    }
    if (n <= 12 && draw.chance(0.45)) {
      return draw.isChinese() && n == 2 ? "两" : words(n, draw.language());
    }
    return draw.isChinese() && n == 2 && draw.chance(0.5) ? "两" : say(n, draw);
  }

  /** {@code 17%}, {@code seventeen percent}, 百分之十七. */
  public static String percent(BigDecimal n, Draw draw) {
    if (draw.isChinese()) {
      String words = ChineseNumbers.spoken(n).isEmpty() ? digits(n) : inWords(n, draw);
      return draw.pick(
          digits(n) + "%", digits(n) + "%", digits(n) + "％", "百分之" + words, "百分之" + digits(n));
    }
    String per = draw.pick(" percent", " percent", " per cent", " pct");
    return switch (draw.between(0, 5)) {
      case 0 -> inWords(n, draw) + draw.pick(" percent", " per cent");
      case 1 -> digits(n) + per;
      case 2 -> digits(n) + " %";
      default -> digits(n) + "%";
    };
  }

  /**
   * What is left to pay, as Chinese says a discount: 0.85 is 八五折, 85折 or 8.5折.
   *
   * @param tenths e.g. 8.5 or 7
   */
  public static String zhe(BigDecimal tenths, Draw draw) {
    String plain = digits(tenths);
    String spelt = ChineseNumbers.spelt(plain.replace(".", ""));
    return draw.pick(spelt, spelt, plain, plain.replace(".", "")) + "折";
  }

  /** The number with a Chinese measure word behind or inside: 三箱半, 3.5箱, 两个半小时. */
  public static String counted(BigDecimal n, String measure, Draw draw) {
    if (draw.chance(0.5)) {
      return digits(n) + measure;
    }
    return draw.pick(ChineseNumbers.counted(n, measure));
  }

  /** A sum of money with some currency: {@code $12.50}, {@code 12 quid}, 四块五, 36.5元. */
  public static String money(BigDecimal n, Draw draw) {
    return money(n, draw, draw.between(0, 3));
  }

  /**
   * A sum of money.
   *
   * @param currency in English 0 for dollars, 1 euros, 2 pounds, 3 none named; Chinese has yuan
   *     only
   */
  public static String money(BigDecimal n, Draw draw, int currency) {
    if (draw.isChinese()) {
      return draw.pick(ChineseNumbers.yuan(n));
    }
    boolean large = n.compareTo(BigDecimal.valueOf(1000)) >= 0;
    String plain = large && draw.chance(0.4) ? grouped(n) : cents(n);
    boolean words = exact(n).scale() <= 0 && n.compareTo(BigDecimal.valueOf(2000)) < 0;
    String count = words && draw.chance(0.4) ? inWords(n, draw) : plain;
    return switch (currency) {
      case 0 -> draw.pick("$" + plain, "$" + plain, count + " dollars", count + " bucks");
      case 1 -> draw.pick("€" + plain, plain + " EUR", plain + "€", count + " euros");
      case 2 -> draw.pick("£" + plain, "£" + plain, count + " pounds", count + " quid");
      default -> draw.chance(0.2) ? inWords(n, draw) : plain;
    };
  }

  /** Two decimals or none, as prices are written. */
  public static String cents(BigDecimal n) {
    return exact(n).scale() <= 0 ? digits(n) : n.setScale(2, RoundingMode.HALF_UP).toPlainString();
  }

  /** {@code third}, {@code 3rd}, 第三. From 1 to 99. */
  public static String ordinal(int n, Draw draw) {
    if (draw.isChinese()) {
      return "第" + draw.pick(ChineseNumbers.words(n), String.valueOf(n));
    }
    return draw.pick(EnglishNumbers.ordinal(n), EnglishNumbers.ordinalSuffix(n));
  }

  /** Digits read one by one: 五零三二八 or "five zero three two eight". */
  public static String digitByDigit(String digits, Draw draw) {
    if (draw.isChinese()) {
      return ChineseNumbers.spelt(digits);
    }
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < digits.length(); i++) {
      char c = digits.charAt(i);
      out.append(out.isEmpty() ? "" : " ").append(EnglishNumbers.words(c - '0', false));
    }
    return out.toString();
  }

  static @Nullable String englishFraction(String decimals) {
    return switch (decimals) {
      case "5" -> "a half";
      case "25" -> "a quarter";
      case "75" -> "three quarters";
      default -> null;
    };
  }
}
