package dev.zhixing.chat;

import static dev.zhixing.chat.ScriptedChat.call;

/**
 * What the suite of tools expects a model to call and to say, in all of its tests: a sampler
 * proposes it token by token.
 */
final class KnownCalls {
  private static final String ADD_37_87 = call("add", "{\"arg0\":37,\"arg1\":87}");

  private KnownCalls() {}

  static ScriptedChat chats() {
    return new ScriptedChat()
        .script(
            "How much is 73 plus 78",
            call("add", "{\"arg0\":37,\"arg1\":87}", "add", "{\"arg0\":73,\"arg1\":78}"),
            "124 and 151")
        .script("How much is 37 plus 87? Answer", ADD_37_87, "37 + 87 = 124")
        .script("How much is 37 plus 87? Use", ADD_37_87, "124")
        .script("How much is 37 plus 87", ADD_37_87, "It is 124.")
        .script("Now add 47", call("add", "{\"arg0\":124,\"arg1\":47}"), "It is 171.")
        .script(
            "First add 2 and 3",
            call("add", "{\"arg0\":2,\"arg1\":3}"),
            call("multiply", "{\"arg0\":5,\"arg1\":4}"),
            "It is 20.")
        .script(
            "Klaus is 37 years old",
            call(
                "process",
                "{\"arg0\":{\"name\":\"Klaus\",\"age\":37,\"height\":1.78,\"married\":false}}"),
            "Done.")
        .script(
            "Francine has 2 children",
            call(
                "process",
                "{\"arg0\":{\"name\":\"Francine\",\"children\":[{\"name\":\"Steve\",\"children\":[]},{\"name\":\"Hayley\",\"children\":[]}]}}"),
            "Done.")
        .script("RED and GREEN", call("process", "{\"arg0\":[\"RED\",\"GREEN\"]}"), "Done.")
        .script("Call tool 'modify'", call("modify", "{\"arg0\":7}"), "Done.")
        .script(
            "Langley Falls",
            call(
                "process",
                "{\"arg0\":{\"name\":\"Klaus\",\"address\":{\"city\":\"Langley Falls\"}}}"),
            "Done.")
        .script("integers: 37, 73", call("processNumbers", "{\"arg0\":[37,73]}"), "Done.")
        .script(
            "people: Klaus and Franny",
            call("process", "{\"arg0\":[{\"name\":\"Klaus\"},{\"name\":\"Franny\"}]}"),
            "Done.")
        .script(
            "names: Klaus and Franny",
            call("processNames", "{\"arg0\":[\"Klaus\",\"Franny\"]}"),
            "Done.")
        .script(
            "temperature in Munich",
            call("currentTemperature", "{\"arg0\":\"Munich\",\"arg1\":\"CELSIUS\"}"),
            "19 degrees")
        .script(
            "username with ID",
            call("getUsernameFromId", "{\"arg0\":\"62dbcc27-aaf3-449a-b12d-5a904271a57f\"}"),
            "It is Alice.")
        .script(
            "Klaus is 42 years old",
            call("process", "{\"arg0\":{\"Klaus\":42,\"Francine\":47}}"),
            "Done.")
        .script("Take a photo", call("takePhoto", "{}"))
        .script("What is the time now", call("currentTime", "{}"), "17:11:45");
  }
}
