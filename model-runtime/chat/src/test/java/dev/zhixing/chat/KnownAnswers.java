package dev.zhixing.chat;

import static dev.zhixing.chat.ScriptedChat.call;

/**
 * What the suites of chat models expect a model to know. A random model knows nothing, so a sampler
 * proposes the text of these tests token by token, which mask, parser and session must accept:
 *
 * <ul>
 *   <li>{@code should_respect_user_message}, {@code should_respect_system_message}, {@code
 *       should_respect_multiple_messages}
 *   <li>{@code should_respect_stopSequences_in_chat_request}, {@code
 *       should_respect_stopSequences_in_default_model_parameters}
 *   <li>{@code should_respect_maxOutputTokens_in_chat_request}, {@code
 *       should_respect_maxOutputTokens_in_default_model_parameters}, {@code
 *       should_respect_common_parameters_wrapped_in_integration_specific_class_in_chat_request},
 *       {@code
 *       should_respect_common_parameters_wrapped_in_integration_specific_class_in_default_model_parameters}
 *   <li>{@code should_execute_a_tool_then_answer}, {@code
 *       should_execute_a_tool_without_arguments_then_answer}, {@code
 *       should_execute_multiple_tools_in_parallel_then_answer}, {@code
 *       should_force_LLM_to_execute_any_tool}, {@code should_force_LLM_to_execute_specific_tool},
 *       {@code should_execute_a_tool_then_answer_respecting_JSON_response_format_with_schema}
 *   <li>{@code should_respect_JSON_response_format}, {@code
 *       should_respect_JSON_response_format_with_schema}, {@code
 *       should_respect_JsonRawSchema_responseFormat}
 * </ul>
 *
 * The others get a greeting, which they don't look at.
 */
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
