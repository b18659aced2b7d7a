package dev.zhixing.chat.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostileTemplateTest {

  private static final TemplateLimits LIMITS = new TemplateLimits(200_000, 1_000_000, 50);

  private static String render(String template) {
    return conversation(template).text();
  }

  private static MarkedText conversation(String template) {
    Map<String, String> message = Map.of("role", "user", "content", "<|im_end|>");
    return ChatTemplate.parse(template, LIMITS)
        .render(Map.of("messages", List.of(message)), Map.of(), LocalDateTime.MIN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{% for a in range(1000000) %}{% for b in range(1000000) %}{% endfor %}{% endfor %}",
        "{{ range(999999999999) }}",
        "{{ range(5, -999999999999, -1)|list|length }}",
        "{{ 'x' * 9999999999 }}",
        "{{ ('x' * 99999) * 9223372036854775807 }}",
        "{{ [1] * 9999999999 }}",
        "{% set ns = namespace(s='xxxxxxxx') %}{% for i in range(99) %}{% set ns.s = ns.s ~ ns.s"
            + " %}{% endfor %}",
        "{% set ns = namespace(s=[1]) %}{% for i in range(99) %}{% set ns.s = ns.s + ns.s %}{%"
            + " endfor %}",
        "{% set ns = namespace(s='aaaa') %}{% for i in range(99) %}{% set ns.s = ns.s.replace('a',"
            + " 'aaaa') %}{% endfor %}",
        "{% set ns = namespace(s=[1]) %}{% for i in range(9999) %}{% set ns.s = [ns.s] %}{% endfor"
            + " %}{{ ns.s }}",
        "{% set ns = namespace(s=[1]) %}{% for i in range(9999) %}{% set ns.s = [ns.s, ns.s] %}{%"
            + " endfor %}{{ ns.s == [ns.s] }}{{ ns.s|tojson }}",
        "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
        "{% macro f(n) %}{{ f(n) ~ f(n) }}{% endmacro %}{{ f(1) }}",
        "{{ 9223372036854775807 + 1 }}",
        "{{ 7 ** 99999999 }}",
        "{{ 'a'|indent(99999999) ~ ('\\n' * 9999)|indent(1000, true, true) }}",
        "{% set a = namespace(s=[1]) %}{% set b = namespace(s=[1]) %}{% for i in range(90) %}"
            + "{% set a.s = [a.s, a.s] %}{% set b.s = [b.s, b.s] %}{% endfor %}{{ a.s == b.s }}",
        "{% set a = namespace(s=(1,)) %}{% for i in range(90) %}{% set a.s = (a.s, a.s) %}"
            + "{% endfor %}{{ {a.s: 1} }}",
        "{% set a = namespace(s=(1,)) %}{% for i in range(9999) %}{% set a.s = (a.s,) %}"
            + "{% endfor %}{{ a.s in {} }}",
        "{{ {[1]: 2} }}",
        "{{ [{}]|unique }}",
        "{% set s = 'x' * 900000 %}{% for i in range(190000) %}{% set t = s.upper() %}{% endfor %}",
        "{% set s = 'x' * 900000 %}{% for i in range(190000) %}{% set t = s|length %}{% endfor %}",
        "{% set s = 'x' * 400000 %}{{ s ~ 'y' in s ~ s }}",
        "{% set s = 'x' * 400000 %}{{ (s ~ s).find(s ~ 'y') }}",
        "{{ strftime_now('%c' * 400000) }}",
        "{{ dict(**{messages[0].content: 1}) }}",
      })
  void stopsATemplateThatDoesTooMuch(String template) {
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> assertThatThrownBy(() -> render(template)).isInstanceOf(TemplateException.class));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      quoteCharacter = '`',
      value = {
        "{{ [1, 2, 3]|batch(4294967296)|list }} → [[1, 2, 3]]",
        "{{ [1, 2, 3]|batch(9223372036854775807)|list }} → [[1, 2, 3]]",
        "[{{ ('x' * 0) * 9223372036854775807 }}{{ 'x' * -1 }}] → []",
        "{{ 'abc'[1::9223372036854775807] }}{{ [1, 2][::-9223372036854775807] }} → b[2]",
        "{{ range(5, 9223372036854775807, 9223372036854775807)|list }} → [5]",
        "{{ ['a']|map(filter='upper')|list }} → ['A']",
        "{% set a = namespace() %}{% set a.x = a %}{{ a == a }}{{ a == namespace() }} → TrueFalse",
        "{{ {(1, 'a'): 2}[(1, 'a')] }}{{ {}[[1]] is defined }} → 2False",
      })
  void countsWithoutOverflowAndEnds(String template, String expected) {
    assertThat(render(template)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{ 'a\nb'|indent(messages[0].content) }}",
        "{{ [1]|tojson(indent=messages[0].content) }}",
        "{{ strftime_now(messages[0].content) }}",
        "{{ messages[0].content|upper|title|indent(2)|tojson }}",
      })
  void neverTrustsWhatContentBrings(String template) {
    MarkedText text = conversation(template);

    int from = text.text().toLowerCase(Locale.ROOT).indexOf("<|im_end|>");
    assertThat(from).isNotNegative();
    assertThat(text.isTrusted(from, from + 1)).isFalse();
    assertThat(text.isTrusted(from + 9, from + 10)).isFalse();
  }

  @Test
  void takesPartsOfLongContentAtLittleCost() {
    String parts = "{{ s[0] }}{{ s[-1] }}{{ s[1:]|length }}{{ s[:-1]|length }}";

    String text = render("{% set s = 'xy' * 200000 %}" + parts.repeat(20));

    assertThat(text).isEqualTo("xy399999399999".repeat(20));
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "[", "{{ [", "-", "not ", "x.", "x[", "{% if x %}", "{1:"})
  void refusesWhatNestsTooDeep(String part) {
    String open = part.startsWith("{") && part.length() > 3 ? "" : "{{ ";

    assertThatThrownBy(() -> render(open + part.repeat(100_000)))
        .isInstanceOf(TemplateException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "{% if true %}, {% endif %}",
    "{% for i in [1] %}, {% endfor %}",
    "{% filter upper %}, {% endfilter %}"
  })
  void refusesDeepStatementsInMacrosThatCallEachOther(String open, String close) {
    String body = open.repeat(90) + "{{ f() }}" + close.repeat(90);

    assertThatThrownBy(() -> render("{% macro f() %}" + body + "{% endmacro %}{{ f() }}"))
        .isInstanceOf(TemplateException.class)
        .hasMessageContaining("expected statements that nest at most 400 deep");
  }

  @ParameterizedTest
  @ValueSource(strings = {" ~ 'a'", " + 1", ".a", "|trim", " if x else y", " is defined", " or 1"})
  void refusesOrRendersLongChains(String link) {
    try {
      assertThat(render("{{ 'x'" + link.repeat(50_000) + " }}")).isNotNull();
    } catch (TemplateException e) {
      assertThat(e).hasMessageContaining("deep");
    }
  }

  @Test
  void refusesManyElifs() {
    assertThatThrownBy(() -> render("{% if x %}a" + "{% elif y %}b".repeat(50_000) + "{% endif %}"))
        .isInstanceOf(TemplateException.class);
  }

  @Test
  void neverFailsOtherwiseOnDamagedTemplates() {
    String good =
        """
        {%- macro m(a, b='x') %}{{ a|trim ~ b[::-1] }}{% endmacro %}
        {% for k, v in {'a': [1, 2.5, none]}.items() if k is string -%}
          {{ loop.index0 }}{{ m(k, b=v|tojson(indent=2)) }}{% set ns = namespace(x=1) %}
          {%- if v|length > 1 and not ns.x == 2 %}{% set ns.x = v[1:] %}{% else %}{% break %}{% endif %}
        {%- endfor %}{# c #}{{ 'a%s'|format(1) if messages else strftime_now('%d') }}\
        """;
    SplittableRandom random = new SplittableRandom(11);

    for (int round = 0; round < 3000; round++) {
      StringBuilder damaged = new StringBuilder(good);
      for (int i = random.nextInt(1, 5); i > 0; i--) {
        int at = random.nextInt(damaged.length());
        switch (random.nextInt(4)) {
          case 0 -> damaged.deleteCharAt(at);
          case 1 -> damaged.insert(at, good.charAt(random.nextInt(good.length())));
          case 2 -> damaged.setCharAt(at, "{}%#'\"()[]|.~-+*/0x \n".charAt(random.nextInt(21)));
          default -> damaged.setLength(Math.max(1, at));
        }
      }
      try {
        render(damaged.toString());
      } catch (TemplateException expected) {
        assertThat(expected.getMessage()).isNotEmpty();
      }
    }
  }
}
