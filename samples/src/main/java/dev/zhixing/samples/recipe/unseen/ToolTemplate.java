package dev.zhixing.samples.recipe.unseen;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A hand-written tool. In the phrase book a section {@code == family/name} holds its phrasings and
 * one comment line {@code #@ description ~ other description # other names # parameter; parameter}.
 *
 * @param section the section's name
 * @param names the tool's names
 * @param descriptions its descriptions
 * @param parameters its parameters in order
 */
record ToolTemplate(
    String section, List<String> names, List<String> descriptions, List<Parameter> parameters) {

  ToolTemplate {
    names = List.copyOf(names);
    descriptions = List.copyOf(descriptions);
    parameters = List.copyOf(parameters);
  }

  static ToolTemplate parse(String section, String spec) {
    String[] columns = spec.split("#", -1);
    if (columns.length != 3) {
      throw new IllegalArgumentException(
          section + ": expected 'descriptions # names # parameters', found " + spec);
    }
    List<String> names = new ArrayList<>();
    names.add(section.substring(section.indexOf('/') + 1));
    Arrays.stream(columns[1].strip().split(" ", -1)).filter(n -> !n.isBlank()).forEach(names::add);
    List<String> descriptions =
        Arrays.stream(columns[0].split("~", -1)).map(String::strip).toList();
    List<Parameter> parameters =
        Arrays.stream(columns[2].split(";", -1))
            .filter(p -> !p.isBlank())
            .map(p -> Parameter.parse(p.strip()))
            .toList();
    return new ToolTemplate(section, names, descriptions, parameters);
  }

  String family() {
    return section.substring(0, section.indexOf('/'));
  }
}
