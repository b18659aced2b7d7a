package dev.zhixing.samples.recipe.code;

import dev.zhixing.samples.recipe.Draw;
import dev.zhixing.samples.recipe.Things;
import dev.zhixing.samples.recipe.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Programs about texts and lists. */
final class TextPrograms {

  private static final List<String> WORDS =
      Arrays.asList(
          ("steering wheel garden lamp paper boat winter morning coffee spoon little river stone"
                  + " bridge silver moon yellow door quiet house apple tree wooden box summer rain"
                  + " broken clock happy fox empty street green kite velvet ribbon thunder cloud"
                  + " copper kettle")
              .split(" ", -1));
  private static final List<String> CHINESE =
      List.of(
          "明月几时有",
          "春江花月夜",
          "山重水复疑无路",
          "一行白鹭上青天",
          "今天天气真好",
          "我爱吃西瓜",
          "小桥流水人家",
          "海上生明月",
          "床前明月光",
          "千里之行始于足下",
          "人生若只如初见",
          "白日依山尽",
          "大漠孤烟直",
          "好雨知时节");

  private TextPrograms() {}

  static List<Function<Draw, Program>> all() {
    return List.of(
        TextPrograms::reverse,
        TextPrograms::reverse,
        TextPrograms::palindrome,
        TextPrograms::vowels,
        TextPrograms::letterCount,
        TextPrograms::wordCount,
        TextPrograms::length,
        TextPrograms::length,
        TextPrograms::upper,
        TextPrograms::repeat,
        TextPrograms::longest,
        TextPrograms::sortWords,
        TextPrograms::sortList,
        TextPrograms::sortList,
        TextPrograms::unique,
        TextPrograms::largest,
        TextPrograms::pickOne,
        TextPrograms::shuffle,
        TextPrograms::password);
  }

  /** Some words without quotes in them. */
  private static String text(Draw draw) {
    if (draw.isChinese() && draw.chance(0.6)) {
      return draw.pick(CHINESE) + (draw.chance(0.4) ? draw.pick(CHINESE) : "");
    }
    return english(draw, draw.between(1, 4));
  }

  private static String english(Draw draw, int words) {
    List<String> out = new ArrayList<>(draw.pickSome(WORDS, words));
    if (draw.chance(0.4)) {
      out.set(0, Things.madeUp(draw).toLowerCase(Locale.ROOT));
    }
    return String.join(" ", out);
  }

  private static String reversed(String text) {
    return new StringBuilder(text).reverse().toString();
  }

  private static Program reverse(Draw draw) {
    String text = text(draw);
    return Program.of(
            "reverse", "console.log([...'%s'].reverse().join(''))".formatted(text), reversed(text))
        .saying("text", Value.text(text));
  }

  private static Program palindrome(Draw draw) {
    String half = Things.madeUp(draw).toLowerCase(Locale.ROOT);
    String known =
        draw.isChinese() && draw.chance(0.4)
            ? draw.pick("上海自来水来自海上", "雾锁山头山锁雾", "天连水尾水连天", "黄山落叶松叶落山黄")
            : draw.pick(
                "level",
                "racecar",
                "kayak",
                "rotator",
                "noon",
                "stats",
                half + reversed(half).substring(1));
    String text = draw.chance(0.5) ? known : half;
    return Program.of(
            "palindrome",
            "const s='%s';console.log(s===[...s].reverse().join(''))".formatted(text),
            text.equals(reversed(text)))
        .saying("text", Value.text(text));
  }

  private static Program vowels(Draw draw) {
    String text = english(draw, draw.between(1, 4));
    long count = text.chars().filter(c -> "aeiou".indexOf(c) >= 0).count();
    return Program.of(
            "vowels", "console.log('%s'.match(/[aeiou]/gi).length)".formatted(text), count)
        .saying("text", Value.text(text));
  }

  private static Program letterCount(Draw draw) {
    String text = english(draw, draw.between(2, 4));
    char letter = text.charAt(draw.between(0, Math.min(5, text.length() - 1)));
    long count = text.chars().filter(c -> c == letter).count();
    String code = "console.log('%s'.split('%c').length-1)".formatted(text, letter);
    return Program.of("letter.count", code, count)
        .saying("text", Value.text(text))
        .saying("letter", Value.text(String.valueOf(letter)));
  }

  private static Program wordCount(Draw draw) {
    String text = english(draw, draw.between(3, 9));
    return Program.of(
            "word.count",
            "console.log('%s'.split(' ').length)".formatted(text),
            text.split(" ", -1).length)
        .saying("text", Value.text(text));
  }

  private static Program length(Draw draw) {
    String text = text(draw);
    return Program.of("length", "console.log('%s'.length)".formatted(text), text.length())
        .saying("text", Value.text(text));
  }

  private static Program upper(Draw draw) {
    String text = english(draw, draw.between(1, 4));
    return Program.of(
            "upper",
            "console.log('%s'.toUpperCase())".formatted(text),
            text.toUpperCase(Locale.ROOT))
        .saying("text", Value.text(text));
  }

  private static Program repeat(Draw draw) {
    String text =
        draw.isChinese() && draw.chance(0.5)
            ? draw.pick("哈", "加油", "嘿", "你好")
            : draw.pick("ha", "ok", "la", "tick", "na");
    int n = draw.between(3, 12);
    return Program.of("repeat", "console.log('%s'.repeat(%d))".formatted(text, n), text.repeat(n))
        .saying("text", Value.text(text))
        .saying("n", NumberPrograms.number(n, draw));
  }

  private static Program longest(Draw draw) {
    String text = english(draw, draw.between(3, 7));
    String longest =
        Arrays.stream(text.split(" ", -1))
            .max(Comparator.comparingInt(String::length))
            .orElseThrow();
    String first =
        Arrays.stream(text.split(" ", -1))
            .filter(w -> w.length() == longest.length())
            .findFirst()
            .orElseThrow();
    String code = "console.log('%s'.split(' ').sort((a,b)=>b.length-a.length)[0])".formatted(text);
    return Program.of("longest", code, first).saying("text", Value.text(text));
  }

  private static Program sortWords(Draw draw) {
    List<String> words = draw.pickSome(WORDS, draw.between(3, 6));
    String output = words.stream().sorted().collect(Collectors.joining(", "));
    return Program.of(
            "sort.words", "console.log(%s.sort().join(', '))".formatted(quoted(words)), output)
        .saying("list", Value.text(String.join(", ", words)));
  }

  private static String quoted(List<String> words) {
    return words.stream().collect(Collectors.joining("','", "['", "']"));
  }

  private static List<Integer> numbers(Draw draw) {
    List<Integer> out = new ArrayList<>();
    for (int i = draw.between(4, 8); i > 0; i--) {
      out.add(draw.between(1, 120));
    }
    return out;
  }

  private static String joined(Iterable<Integer> list, String separator) {
    List<String> out = new ArrayList<>();
    list.forEach(n -> out.add(String.valueOf(n)));
    return String.join(separator, out);
  }

  private static Program sortList(Draw draw) {
    List<Integer> list = numbers(draw);
    boolean down = draw.chance(0.5);
    List<Integer> sorted = new ArrayList<>(list);
    sorted.sort(down ? Comparator.reverseOrder() : Comparator.naturalOrder());
    String code =
        "console.log([%s].sort((a,b)=>%s).join(', '))"
            .formatted(joined(list, ","), down ? "b-a" : "a-b");
    return Program.of(down ? "sort.down" : "sort.up", code, joined(sorted, ", "))
        .saying("list", Value.text(joined(list, draw.say(", ", draw.pick("、", ", ", "，")))));
  }

  private static Program unique(Draw draw) {
    List<Integer> list = new ArrayList<>();
    for (int i = draw.between(5, 9); i > 0; i--) {
      list.add(draw.between(1, 9));
    }
    String code = "console.log([...new Set([%s])].join(', '))".formatted(joined(list, ","));
    return Program.of("unique", code, joined(new LinkedHashSet<>(list), ", "))
        .saying("list", Value.text(joined(list, draw.say(", ", "、"))));
  }

  private static Program largest(Draw draw) {
    List<Integer> list = numbers(draw);
    boolean max = draw.chance(0.5);
    String code = "console.log(Math.%s(%s))".formatted(max ? "max" : "min", joined(list, ","));
    return Program.of(
            max ? "largest" : "smallest", code, max ? Collections.max(list) : Collections.min(list))
        .saying("list", Value.text(joined(list, draw.say(", ", "、"))));
  }

  private static List<String> names(Draw draw) {
    List<String> out = new ArrayList<>();
    for (int i = draw.between(3, 6); i > 0; i--) {
      out.add(
          draw.isChinese()
              ? draw.pick("小明", "小红", "阿强", "老李", "小芳", "大伟", "静静", "阿杰", "玲玲", "老周")
                  + (draw.chance(0.2) ? "子" : "")
              : Things.madeUp(draw));
    }
    return out.stream().distinct().toList();
  }

  private static Program pickOne(Draw draw) {
    List<String> names = names(draw);
    String code =
        "const l=%s;console.log(l[Math.floor(Math.random()*l.length)])".formatted(quoted(names));
    return Program.of("pick.one", code, draw.pick(names))
        .saying("list", Value.text(String.join(draw.say(", ", "、"), names)));
  }

  private static Program shuffle(Draw draw) {
    List<String> names = names(draw);
    List<String> mixed = new ArrayList<>(names);
    Collections.shuffle(mixed, new Random(draw.random().nextLong()));
    String code = "console.log(%s.sort(()=>Math.random()-0.5).join(', '))".formatted(quoted(names));
    return Program.of("shuffle", code, String.join(", ", mixed))
        .saying("list", Value.text(String.join(draw.say(", ", "、"), names)));
  }

  private static Program password(Draw draw) {
    int n = draw.between(6, 20);
    String alphabet = "abcdefghijkmnpqrstuvwxyz23456789";
    StringBuilder output = new StringBuilder();
    for (int i = 0; i < n; i++) {
      output.append(alphabet.charAt(draw.between(0, alphabet.length() - 1)));
    }
    String code =
        "let s='';while(s.length<%d)s+=Math.random().toString(36)[2];console.log(s)".formatted(n);
    return Program.of("password", code, output).saying("n", NumberPrograms.number(n, draw));
  }
}
