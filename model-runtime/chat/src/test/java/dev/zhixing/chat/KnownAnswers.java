package dev.zhixing.chat;

import static dev.zhixing.chat.ScriptedChat.call;

/** What the suites expect a model to know. */
final class KnownAnswers {
  private KnownAnswers() {}

  static ScriptedChat chats() {
    ScriptedChat chats = new ScriptedChat();
    chats
        .script("capital of Germany? && Answer with a JSON", "{\"city\":\"Berlin\"}")
        .script("capital of Germany? && city", "{\"city\":\"Berlin\"}")
        .script("capital of Germany? How much is", "It is Berlin, and the sum is 4.")
        .script("capital of Germany?", "It is Berlin.")
        .script("I love you", "Ich liebe dich")
        .script("What is my favorite color?", "It is green.")
        .script("Say 'Hello World'", "Hello World")
        .script(
            "weather in Munich and time in France",
            call("getWeather", "{\"city\":\"Munich\"}", "getTime", "{\"country\":\"France\"}"),
            "It is sunny, and 14:35.")
        .script(
            "What is the weather in Munich? && rainy",
            call("getWeather", "{\"city\":\"Munich\"}"),
            "{\"weather\":\"sunny\"}")
        .script(
            "What is the weather in Munich?",
            call("getWeather", "{\"city\":\"Munich\"}"),
            "The sun shines.")
        .script("What is the time now? Use", call("get_current_time", "{}"), "It is 10:14.")
        .script(
            "a long story", "Once upon a time there lived a cat and a dog, and they were friends.")
        .script("I live in Munich", call("getWeather", "{\"city\":\"Munich\"}"))
        .script("", "Hello there.");
    return chats;
  }
}
