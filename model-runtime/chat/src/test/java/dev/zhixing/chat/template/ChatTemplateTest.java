package dev.zhixing.chat.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The expected texts are what Jinja2 3.1.6 printed, set up as Hugging Face's tokenizers do. */
class ChatTemplateTest {

  private static final LocalDateTime NOW = LocalDateTime.of(2026, 3, 7, 14, 5, 9);

  private static String render(String template) {
    return render(template, Map.of());
  }

  private static String render(String template, Map<String, ?> variables) {
    return ChatTemplate.parse(template).render(variables, Map.of(), NOW).text();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      quoteCharacter = '`',
      value = {
        "{{ 'a'*3 }}|{{ (1,) }}|{{ 1e20 }}|{{ 1.0 }}|{{ 0.1+0.2 }}|{{ 7%3 }}|{{ -7//2 }} →"
            + " aaa|(1,)|1e+20|1.0|0.30000000000000004|1|-4",
        "{{ [1,'b',None,True,1.5,{'k':[1]}] }} → [1, 'b', None, True, 1.5, {'k': [1]}]",
        "{{ 1 ~ none ~ true ~ 2.0 }}|{{ 'x' 'y' }} → 1NoneTrue2.0|xy",
        "{{ 'abc'[::-1] }}|{{ [1,2,3][-2:] }}|{{ '😀b'[1] }}|{{ 'abcde'[1:4:2] }} → cba|[2,"
            + " 3]|b|bd",
        "{{ 'a.b.c'.rsplit('.',1) }}|{{ ' a  b '.split() }}|{{ 'a-b'.split('-') }} → ['a.b',"
            + " 'c']|['a', 'b']|['a', 'b']",
        "{{ 'xaxb'.strip('x') }}|{{ ' a '.lstrip() }}|{{ 'ab'.startswith('a') }}|{{"
            + " 'ab'.endswith(('x','b')) }} → axb|a |True|True",
        "{{ \"it's bob's\".title() }}|{{ 'hELLO'|capitalize }}|{{ 'aXa'.replace('a','b',1) }} →"
            + " It'S Bob'S|Hello|bXa",
        "{{ {'items':1}.items()|list }}|{{ {'a':1}.get('b','d') }}|{{ {'b':1,'a':2}|dictsort }} →"
            + " [('items', 1)]|d|[('a', 2), ('b', 1)]",
        "{{ [{'a':{'b':1}},{'a':{'b':2}}]|map(attribute='a.b')|join(',') }}|{{"
            + " ['a']|map('upper')|list }} → 1,2|['A']",
        "{{ [1,2,3]|reject('odd')|list }}|{{"
            + " [{'r':'s'},{'r':'u'}]|selectattr('r','equalto','u')|list }} → [2]|[{'r': 'u'}]",
        "{{ x is defined }}|{{ none is none }}|{{ 'a' is string }}|{{ {} is mapping }}|{{ [] is"
            + " iterable }}|{{ 1 < 2 < 3 }} → False|True|True|True|True|True",
        "{{ nope }}|{{ nope|default('z') }}|{{ ''|default('q',true) }}|{{ '3'|int + 1 }}|{{"
            + " 2.5|round }} → |z|q|4|2.0",
        "{{ 'a' if false }}|{{ 'b' if true else 'c' }}|{{ not 1 == 2 }}|{{ -1|abs }} → |b|True|1",
        "{{ '%s-%d' % ('a',3) }}|{{ '{} {x}'.format(1,x=2) }} → a-3|1 2",
      })
  void printsAsPythonDoes(String template, String expected) {
    assertThat(render(template)).isEqualTo(expected);
  }

  @Test
  void writesJsonWithTheSpacingOfHuggingFace() {
    Map<String, Object> variables = Map.of("x", List.of(1, "é</a>\"\n", Map.of("k", 1.5)));

    assertThat(render("{{ x|tojson }}", variables))
        .isEqualTo("[1, \"é</a>\\\"\\n\", {\"k\": 1.5}]");
    assertThat(render("{{ {'a': [1, {}]}|tojson(indent=2) }}"))
        .isEqualTo("{\n  \"a\": [\n    1,\n    {}\n  ]\n}");
    assertThat(render("{{ {'b': 1, 'a': none}|tojson(sort_keys=true, separators=(',', ':')) }}"))
        .isEqualTo("{\"a\":null,\"b\":1}");
    assertThat(render("{{ 'é'|tojson(ensure_ascii=true) }}")).isEqualTo("\"\\u00e9\"");
  }

  @Test
  void trimsBlocksOnBothSides() {
    assertThat(render("{% if true %}\n  a\n  {% endif %}\n b\n")).isEqualTo("  a\n b");
    assertThat(render("a\n{%- if true -%}\n b \n{%- endif %}\n\nc {#- x -#} d\n{# y #}\ne"))
        .isEqualTo("ab\ncd\ne");
    assertThat(render("  {%+ if true %}x{% endif %}\n\t{% set z = 1 %}\n\t{{ z }}"))
        .isEqualTo("  x\t1");
    assertThat(render("{% raw %}{{ x }}{% endraw %}!")).isEqualTo("{{ x }}!");
  }

  @Test
  void keepsAVariableWithinItsLoopButNotANamespace() {
    String template =
        """
        {% set x = 1 %}{% set ns = namespace(n=0) %}
        {%- for i in [1, 2, 3] %}{% set x = i %}{% set ns.n = ns.n + i %}{% endfor %}
        {{- x }} {{ ns.n }}\
        """;

    assertThat(render(template)).isEqualTo("1 6");
  }

  @Test
  void knowsNeighboursAndControlsOfALoop() {
    String template =
        """
        {% for i in [5, 6, 7, 8] if i != 6 %}
        {% if loop.first %}{% continue %}{% endif %}
        {{ loop.index }}/{{ loop.length }} {{ loop.previtem }}<{{ i }}{{ loop.nextitem is defined }};
        {%- if i == 8 %}{% break %}{% endif %}
        {%- endfor %}\
        """;

    assertThat(render(template)).isEqualTo("2/3 5<7True;3/3 7<8False;");
  }

  @Test
  void callsMacrosWithDefaultsAndCallers() {
    String template =
        """
        {% macro f(a, b=2) %}[{{ a }},{{ b }},{{ varargs }},{{ kwargs }}]{% endmacro %}
        {{ f(1) }}{{ f(1, 3, 4, x=5) }}
        {%- macro wrap(t) %}<{{ t }}>{{ caller() }}</{{ t }}>{% endmacro %}
        {%- call wrap('p') %}in{% endcall %}\
        """;

    assertThat(render(template)).isEqualTo("[1,2,(),{}][1,3,(4,),{'x': 5}]<p>in</p>");
  }

  @Test
  void rendersGenerationBlocksFiltersAndBlockSets() {
    String template =
        "{% generation %}a{% endgeneration %}{% filter upper %}b{% endfilter %}"
            + "{% set q %} z {% endset %}[{{ q|trim }}]{% with a = 1 %}{{ a }}{% endwith %}";

    assertThat(render(template)).isEqualTo("aB[z]1");
  }

  @Test
  void saysTheDateThatItIsGiven() {
    assertThat(render("{{ strftime_now('%d %b %Y, %A %-d %B, %H:%M:%S %j%%') }}"))
        .isEqualTo("07 Mar 2026, Saturday 7 March, 14:05:09 066%");
  }

  @Test
  void bringsTheTextOfRaiseExceptionToTheUser() {
    assertThatThrownBy(() -> render("{{ raise_exception('roles must ' ~ 'alternate') }}"))
        .isInstanceOfSatisfying(
            TemplateException.class, refusal -> assertThat(refusal.isRefusal()).isTrue())
        .hasMessageContaining("roles must alternate");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      quoteCharacter = '`',
      value = {
        "{{ x.y }} → 'x' is undefined",
        "{% if true %} → endif",
        "{{ 1 + 'a' }} → an integer and a string",
        "{{ 'a' | nope }} → found 'nope'",
        "{% include 'x' %} → found 'include'",
        "{{ [1].append(2) }} → no change of a list",
        "{{ 1 / 0 }} → divisor other than zero",
        "{{ 'abc → expected the string to end",
        "{{ ( }} → expected an expression",
        "{% break %} → within a loop only",
      })
  void saysWhatIsWrongAndWhere(String template, String expected) {
    assertThatThrownBy(() -> render(template))
        .isInstanceOf(TemplateException.class)
        .hasMessageStartingWith("chat template, line 1: ")
        .hasMessageContaining(expected);
  }

  @Test
  void namesTheLineOfAnError() {
    assertThatThrownBy(() -> render("a\nb\n{% for m in [1] %}\n{{ m.x.y }}{% endfor %}"))
        .hasMessageContaining("line 4");
  }

  @Test
  void marksContentThroughStringOperations() {
    MarkedText text =
        ChatTemplate.parse("<s>{{ (' ' + m.strip()[1:].replace('b', 'xx'))|trim }}{{ eos }}")
            .render(Map.of("m", " abc "), Map.of("eos", "</s>"), NOW);

    assertThat(text.text()).isEqualTo("<s>xxc</s>");
    assertThat(text.isTrusted(0, 5)).isTrue();
    assertThat(text.isTrusted(5, 6)).isFalse();
    assertThat(text.isTrusted(6, 10)).isTrue();
  }

  @Test
  void marksContentWithinJsonAndPrintedLists() {
    MarkedText text =
        ChatTemplate.parse("{{ x|tojson }}{{ x }}")
            .render(Map.of("x", List.of("</s>")), Map.of(), NOW);

    assertThat(text.text()).isEqualTo("[\"</s>\"]['</s>']");
    assertThat(text.isTrusted(0, 2)).isTrue();
    assertThat(text.isTrusted(2, 6)).isFalse();
    assertThat(text.isTrusted(10, 14)).isFalse();
  }
}
