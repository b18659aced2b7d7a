package dev.zhixing.samples.recipe;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Numbers as English writes and says them. */
final class EnglishNumbers {

  private static final String[] SMALL = {
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen"
  };
  private static final String[] TENS = {
    "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"
  };
  private static final String[] ORDINALS = {
    "zeroth",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth"
  };

  private EnglishNumbers() {}

  /** "two thousand eight hundred and five"; {@code and} puts the British "and" in. */
  static String words(long n, boolean and) {
    if (n < 0) {
      return "minus " + words(-n, and);
    }
    if (n < 20) {
      return SMALL[(int) n];
    }
    if (n < 100) {
      return TENS[(int) n / 10] + (n % 10 == 0 ? "" : "-" + SMALL[(int) n % 10]);
    }
    if (n < 1000) {
      String rest = n % 100 == 0 ? "" : (and ? " and " : " ") + words(n % 100, and);
      return SMALL[(int) n / 100] + " hundred" + rest;
    }
    long unit = n < 1_000_000 ? 1000 : n < 1_000_000_000 ? 1_000_000 : 1_000_000_000;
    String name = unit == 1000 ? " thousand" : unit == 1_000_000 ? " million" : " billion";
    long rest = n % unit;
    String joint = rest < 100 && and ? " and " : " ";
    return words(n / unit, and) + name + (rest == 0 ? "" : joint + words(rest, and));
  }

  /** "third", "twenty-first". From 0 to 99. */
  static String ordinal(int n) {
    if (n < 20) {
      return ORDINALS[n];
    }
    String tens = TENS[n / 10];
    return n % 10 == 0
        ? tens.substring(0, tens.length() - 1) + "ieth"
        : tens + "-" + ORDINALS[n % 10];
  }

  static String ordinalSuffix(int n) {
    int tail = n % 10;
    boolean teen = n % 100 >= 11 && n % 100 <= 13;
    return n + (teen || tail == 0 || tail > 3 ? "th" : tail == 1 ? "st" : tail == 2 ? "nd" : "rd");
  }

  /** All the ways to say {@code n} in words; none for numbers that nobody says in words. */
  static List<String> spoken(BigDecimal n) {
    List<String> out = new ArrayList<>();
    BigDecimal whole = n.setScale(0, java.math.RoundingMode.DOWN);
    BigDecimal fraction = n.subtract(whole).abs();
    long w = whole.longValueExact();
    String sign = n.signum() < 0 ? "minus " : "";
    long size = Math.abs(w);
    if (fraction.signum() == 0) {
      integers(size, sign, out);
    } else if (size < 1000) {
      String base = sign + words(size, true);
      String cut = fraction.stripTrailingZeros().toPlainString().substring(2);
      if (cut.length() <= 2) {
        out.add(base + " point " + digitByDigit(cut));
      }
      String part = Numbers.englishFraction(cut);
      if (part != null && size > 0) {
        out.add(base + " and " + part);
        out.add(sign + size + " and " + part);
      }
    }
    return out;
  }

  private static void integers(long n, String sign, List<String> out) {
    if (n > 10_000_000) {
      return;
    }
    boolean round = n < 1000 || n % 10 == 0;
    if (!round && n > 9999) {
      return;
    }
    String words = words(n, true);
    out.add(sign + words);
    if (n > 100) {
      out.add(sign + words(n, false));
    }
    if (words.startsWith("one hundred") || words.startsWith("one thousand")) {
      out.add(sign + "a" + words.substring(3));
    }
    if (n % 100 == 0 && n > 1000 && n < 10000 && n % 1000 != 0) {
      out.add(sign + words(n / 100, false) + " hundred");
      out.add(sign + words(n / 100, false) + " hundred");
    }
    if (n > 20 && n < 100 && n % 10 != 0) {
      out.add(sign + words.replace('-', ' '));
    }
  }

  private static String digitByDigit(String digits) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < digits.length(); i++) {
      char c = digits.charAt(i);
      out.append(out.isEmpty() ? "" : " ").append(SMALL[c - '0']);
    }
    return out.toString();
  }

  /** Forms in digits besides the plain one: "1,234", "2.8k", "3 thousand", "2½", "2 1/2". */
  static List<String> written(BigDecimal n) {
    List<String> out = new ArrayList<>();
    BigDecimal size = n.abs();
    if (size.compareTo(BigDecimal.valueOf(1000)) >= 0) {
      String grouped = Numbers.grouped(n);
      out.add(grouped);
      out.add(grouped);
      out.add(grouped);
      BigDecimal thousands = Numbers.exact(size.movePointLeft(3));
      BigDecimal millions = Numbers.exact(size.movePointLeft(6));
      if (thousands.scale() <= 1 && thousands.precision() <= 4) {
        out.add(Numbers.digits(thousands) + "k");
        if (thousands.scale() <= 0) {
          out.add(Numbers.digits(thousands) + " thousand");
          out.add(Numbers.digits(thousands) + " grand");
        }
      }
      if (millions.scale() <= 2 && millions.compareTo(BigDecimal.ONE) >= 0) {
        out.clear();
        out.add(Numbers.digits(millions) + " million");
      }
    }
    String text = Numbers.digits(n);
    if (text.endsWith(".5") && size.compareTo(BigDecimal.ONE) > 0) {
      String whole = text.substring(0, text.length() - 2);
      out.add(whole + "½");
      out.add(whole + " 1/2");
    }
    return out;
  }
}
