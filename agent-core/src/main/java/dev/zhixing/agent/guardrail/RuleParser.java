package dev.zhixing.agent.guardrail;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the lines of a {@link RuleFile}. */
final class RuleParser {
  private static final Pattern RULE = Pattern.compile("([a-z]+)([:~])\\s*(.*)");
  private static final Pattern LIST = Pattern.compile("(\\S+) = (.*)");
  private static final Pattern BAR = Pattern.compile(" *\\| *");
  private static final Pattern PLUS = Pattern.compile(" + ", Pattern.LITERAL);
  private static final Pattern BEFORE = Pattern.compile(" > ", Pattern.LITERAL);
  private static final Pattern UNLESS = Pattern.compile(" ! ", Pattern.LITERAL);
  private static final Pattern SPACE = Pattern.compile(" ", Pattern.LITERAL);

  private final Wording wording;
  private final PhraseIndex index;
  private final List<Rule> rules = new ArrayList<>();
  private final Map<String, Phrase> lists = new LinkedHashMap<>();
  private final Map<String, Integer> parts = new HashMap<>();

  RuleParser(Wording wording) {
    this.wording = wording;
    this.index = new PhraseIndex(wording);
  }

  List<Rule> rules() {
    return List.copyOf(rules);
  }

  PhraseIndex index() {
    return index;
  }

  void line(String line, int number) {
    if (line.isBlank() || line.startsWith("#")) {
      return;
    }
    Matcher rule = RULE.matcher(line);
    Matcher list = LIST.matcher(line);
    if (rule.matches()) {
      rules.add(
          rule(rule.group(1), rule.group(2).equals("~"), UNLESS.split(rule.group(3), 2), number));
    } else if (list.matches()) {
      if (lists.containsKey(list.group(1)) || parts.containsKey(list.group(1))) {
        throw new IllegalArgumentException(
            "expected a name not yet used for a list or as a term, found " + list.group(1));
      }
      List<Phrase> terms = new ArrayList<>();
      for (String term : BAR.split(list.group(2), -1)) {
        terms.add(lists.containsKey(term) ? list(term) : term(term));
      }
      lists.put(list.group(1), new Phrase.Choice(terms));
    } else {
      throw new IllegalArgumentException(
          "expected a list, a rule or a comment, found '" + line + "'");
    }
  }

  private Rule rule(String category, boolean looksBack, String[] body, int line) {
    List<Rule.Chain> chains = new ArrayList<>();
    for (String chain : PLUS.split(body[0], -1)) {
      List<Rule.Element> elements = new ArrayList<>();
      for (String element : BEFORE.split(chain, -1)) {
        elements.add(element(List.of(BAR.split(element.strip(), -1))));
      }
      chains.add(new Rule.Chain(elements));
    }
    return new Rule(
        category,
        looksBack,
        chains,
        element(body.length == 1 ? List.of() : exceptions(body[1])),
        line);
  }

  /** {@code NAME NAME term | term}: the names of lists need no bar. */
  private List<String> exceptions(String text) {
    List<String> exceptions = new ArrayList<>();
    for (String part : BAR.split(text.strip(), -1)) {
      String rest = part;
      while (lists.containsKey(SPACE.split(rest, 2)[0])) {
        String[] split = SPACE.split(rest, 2);
        exceptions.add(split[0]);
        rest = split.length == 1 ? "" : split[1].strip();
      }
      if (!rest.isEmpty()) {
        exceptions.add(rest);
      }
    }
    return exceptions;
  }

  private Rule.Element element(List<String> alternatives) {
    return new Rule.Element(alternatives.stream().map(this::part).toList());
  }

  private int part(String alternative) {
    Integer known = parts.get(alternative);
    if (known != null) {
      return known;
    }
    int number = parts.size();
    parts.put(alternative, number);
    for (Phrase phrase :
        lists.get(alternative) instanceof Phrase.Choice list
            ? list.options()
            : List.of(term(alternative))) {
      index.add(number, phrase);
    }
    return number;
  }

  private Phrase list(String name) {
    return lists.getOrDefault(name, new Phrase.Choice(List.of()));
  }

  private Phrase term(String term) {
    if (term.isBlank()) {
      throw new IllegalArgumentException("expected a term on each side of a bar, found none");
    }
    return Phrase.read(term, wording, lists);
  }
}
