package dev.zhixing.chat;

/**
 * What the suite of JSON schemas expects a model to read out of its texts, in all of its tests: a
 * sampler proposes it token by token.
 */
final class KnownDocuments {
  private static final String KLAUS =
      "{\"name\":\"Klaus\",\"age\":37,\"height\":1.78,\"married\":false}";
  private static final String FRANNY =
      "{\"name\":\"Franny\",\"age\":35,\"height\":1.65,\"married\":true}";
  private static final String REX = "{\"type\":\"Dog\",\"name\":\"Rex\",\"breed\":\"Labrador\"}";
  private static final String ONE_TO_THREE =
      "{\"value\":{\"type\":\"Addition\",\"left\":{\"type\":\"Addition\",\"left\":%s,\"right\":%s},\"right\":%s}}"
          .formatted(constant(1), constant(2), constant(3));

  private KnownDocuments() {}

  private static String constant(int value) {
    return "{\"type\":\"Constant\",\"value\":" + value + "}";
  }

  static ScriptedChat chats() {
    return new ScriptedChat()
        .script("Alice owns", "{\"name\":\"Alice\",\"pet\":" + REX + "}")
        .script("Rex is a Labrador dog", "{\"value\":" + REX + "}")
        .script(
            "Whiskers is an indoor cat",
            "{\"values\":[" + REX + ",{\"type\":\"Cat\",\"name\":\"Whiskers\",\"indoor\":true}]}")
        .script("1+2+3", ONE_TO_THREE)
        .script("is a man", "{\"value\":true}")
        .script("Extract names of people", "{\"values\":[\"Klaus\",\"Franny\"]}")
        .script("Extract number of people", "{\"value\":2}")
        .script("Extract temperature", "{\"value\":-0.5}")
        .script("Do not include missing fields", "{\"name\":\"Klaus\"}")
        .script(
            "Langley Falls",
            "{\"name\":\"Klaus\",\"shippingAddress\":{\"city\":\"Langley"
                + " Falls\"},\"billingAddress\":{\"city\":\"New York\"}}")
        .script(
            "12th of August",
            "{\"name\":\"Klaus\",\"birthDate\":{\"year\":1976,\"month\":8,\"day\":12},\"birthTime\":{\"hour\":14,\"minute\":43,\"second\":0,\"nano\":0},\"birthDateTime\":{\"date\":{\"year\":1976,\"month\":8,\"day\":12},\"time\":{\"hour\":14,\"minute\":43,\"second\":0,\"nano\":0}}}")
        .script(
            "Francine has 2 children",
            "{\"name\":\"Francine\",\"children\":[{\"name\":\"Steve\",\"children\":[]},{\"name\":\"Hayley\",\"children\":[]}]}")
        .script("Klaus and Francine", "{\"values\":[{\"name\":\"Klaus\"},{\"name\":\"Francine\"}]}")
        .script(
            "Peanut and Muffin",
            "{\"name\":\"Klaus\",\"pets\":[{\"name\":\"Peanut\"},{\"name\":\"Muffin\"}]}")
        .script("groups A and C", "{\"name\":\"Klaus\",\"groups\":[\"A\",\"C\"]}")
        .script("Klaus is single", "{\"name\":\"Klaus\",\"maritalStatus\":\"SINGLE\"}")
        .script(
            "orange and green", "{\"name\":\"Klaus\",\"favouriteColors\":[\"orange\",\"green\"]}")
        .script(
            "following ID", "{\"id\":\"567b229a-6b0a-4f1e-9006-448cd9dfbfda\",\"name\":\"Klaus\"}")
        .script("Staniel", "{\"values\":[\"SINGLE\",\"MARRIED\",\"MARRIED\"]}")
        .script("and single. && name = \"MaritalStatus\"", "{\"value\":\"SINGLE\"}")
        .script("and single. && Person", "{\"values\":[" + KLAUS + "," + FRANNY + "]}")
        .script("37 years old, 1.78m", KLAUS)
        .script("weather in Berlin", "{\"values\":[\"SUNNY\",\"WINDY\",\"RAINY\",\"CLOUDY\"]}")
        .script("following text: Klaus", "{\"name\":\"Klaus\"}");
  }
}
