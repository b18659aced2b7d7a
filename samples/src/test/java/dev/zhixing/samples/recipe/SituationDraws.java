package dev.zhixing.samples.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.agent.tool.ToolSpecification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Draws many scenarios of a suite and holds them against what every scenario must keep. */
public final class SituationDraws {

  private static final int DRAWS = 300;

  private SituationDraws() {}

  /** Draws both languages, for training and held out; {@code also} sees every scenario. */
  public static void check(List<Weighted> all, String suite, Consumer<Scenario> also) {
    JsonNode catalogue = catalogue();
    double total = all.stream().mapToDouble(Weighted::weight).sum();
    for (Language language : Language.values()) {
      for (boolean heldOut : List.of(false, true)) {
        SplittableRandom random = new SplittableRandom(heldOut ? 7 : 5);
        for (int i = 0; i < DRAWS; i++) {
          Situation situation = pick(all, random.nextDouble() * total);
          long seed = random.nextLong();
          Scenario scenario = situation.sample(new Draw(seed, language, heldOut));
          assertThat(situation.sample(new Draw(seed, language, heldOut))).isEqualTo(scenario);
          assertThat(scenario.suite()).isEqualTo(suite);
          checkText(scenario);
          scenario.rounds().forEach(r -> r.forEach(c -> checkCall(c, scenario, catalogue)));
          also.accept(scenario);
        }
      }
    }
  }

  private static Situation pick(List<Weighted> all, double at) {
    double rest = at;
    for (Weighted weighted : all) {
      rest -= weighted.weight();
      if (rest < 0) {
        return weighted.situation();
      }
    }
    return all.getLast().situation();
  }

  private static void checkText(Scenario scenario) {
    List<String> texts = new ArrayList<>(scenario.history());
    texts.add(scenario.user());
    texts.add(scenario.answer());
    assertThat(texts)
        .allSatisfy(t -> assertThat(t).isNotBlank().doesNotContainPattern("[{}\u0001\u0002«»⟦⟧]"));
    String answer = scenario.answer().toLowerCase(java.util.Locale.ROOT);
    assertThat(scenario.answerContains())
        .allSatisfy(
            any ->
                assertThat(any)
                    .as(scenario.toString())
                    .anyMatch(a -> answer.contains(a.toLowerCase(java.util.Locale.ROOT))));
  }

  private static void checkCall(Call call, Scenario scenario, @Nullable JsonNode catalogue) {
    JsonNode schema = schema(call.tool(), scenario, catalogue);
    if (schema == null) {
      return;
    }
    List<String> order = new ArrayList<>();
    schema.path("properties").fieldNames().forEachRemaining(order::add);
    List<String> said = new ArrayList<>();
    call.arguments().fieldNames().forEachRemaining(said::add);
    List<String> expected = order.stream().filter(said::contains).toList();
    assertThat(said).as(scenario.toString()).isEqualTo(expected);
    schema.path("required").forEach(r -> assertThat(said).contains(r.asText()));
    for (String name : said) {
      checkValue(call.arguments().get(name), schema.path("properties").path(name), scenario);
    }
  }

  private static void checkValue(JsonNode value, JsonNode schema, Scenario scenario) {
    boolean right =
        switch (schema.path("type").asText()) {
          case "string" -> value.isTextual() && !value.asText().isBlank();
          case "integer" -> value.isIntegralNumber();
          case "number" -> value.isNumber();
          case "boolean" -> value.isBoolean();
          case "array" -> value.isArray();
          default -> true;
        };
    assertThat(right).as("%s against %s in %s", value, schema, scenario).isTrue();
    if (schema.has("enum")) {
      assertThat(schema.path("enum")).as(scenario.toString()).contains(value);
    }
    if (schema.has("minimum")) {
      assertThat(value.asDouble()).isGreaterThanOrEqualTo(schema.path("minimum").asDouble());
    }
    if (schema.has("maximum")) {
      assertThat(value.asDouble()).isLessThanOrEqualTo(schema.path("maximum").asDouble());
    }
    value.forEach(item -> checkValue(item, schema.path("items"), scenario));
  }

  private static @Nullable JsonNode schema(
      String tool, Scenario scenario, @Nullable JsonNode catalogue) {
    for (ToolSpecification own : scenario.ownTools()) {
      if (own.name().equals(tool)) {
        return SchemaJson.of(own);
      }
    }
    if (catalogue == null || !catalogue.has(tool)) {
      return null;
    }
    assertThat(scenario.withheld()).doesNotContain(tool);
    return catalogue.path(tool).path("parameters");
  }

  private static @Nullable JsonNode catalogue() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path file = at.resolve("shared/eval/tools.json");
      if (Files.exists(file)) {
        try {
          return new ObjectMapper().readTree(file.toFile());
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
    return null;
  }
}
