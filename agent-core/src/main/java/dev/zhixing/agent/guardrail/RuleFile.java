package dev.zhixing.agent.guardrail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Rules of one language, read from a file of lines:
 *
 * <pre>
 * # a comment
 * NAME = term | term          a list of terms
 * category: A + B > C ! D     a rule: fires where A is found anywhere, B is found before C, and D is not found
 * category~ A + B             a rule that looks back: A in the request itself, B there or in the turns before it
 * </pre>
 *
 * A, B, C and D are terms or names of lists, several with {@code |} between them; after {@code !},
 * names may stand without it. A term is words with {@code ..} for a gap, {@code (a/b)} for one of
 * several, {@code (a/)} for perhaps one, {@code $NAME} for a list, and in English {@code *} for any
 * ending. Gaps and the distance of {@code >} are those of {@link Wording}.
 *
 * <p>A text is read once, whatever the number of rules: each place where a term may begin is looked
 * up by its first characters, and the rules then only compare places. Immutable.
 */
final class RuleFile {
  private final Wording wording;
  private final List<Rule> rules;
  private final PhraseIndex index;

  private RuleFile(Wording wording, List<Rule> rules, PhraseIndex index) {
    this.wording = wording;
    this.rules = rules;
    this.index = index;
  }

  /** Reads the resource {@code name} beside this class. */
  static RuleFile read(String name, Wording wording) {
    try (InputStream in = RuleFile.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(
            name + ": expected beside " + RuleFile.class.getName() + ", found nothing");
      }
      BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      return parse(name, lines.lines().toList(), wording);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static RuleFile parse(String name, List<String> lines, Wording wording) {
    RuleParser parser = new RuleParser(wording);
    for (int i = 0; i < lines.size(); i++) {
      try {
        parser.line(lines.get(i), i + 1);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(name + ":" + (i + 1) + ": " + e.getMessage(), e);
      }
    }
    return new RuleFile(wording, parser.rules(), parser.index());
  }

  /** The first rule that fires for {@code request}, made after {@code turns}. */
  Optional<Rule> firing(String request, List<String> turns) {
    String plain = wording.plain(request);
    Findings here = index.search(plain);
    StringBuilder all = new StringBuilder();
    turns.forEach(turn -> all.append(wording.plain(turn)));
    Findings whole = turns.isEmpty() ? here : index.search(all.append(plain).toString());
    return rules.stream()
        .filter(rule -> !rule.looksBack() || !turns.isEmpty())
        .filter(rule -> rule.fires(here, whole))
        .findFirst();
  }
}
