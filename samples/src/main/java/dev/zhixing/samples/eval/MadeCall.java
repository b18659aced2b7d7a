package dev.zhixing.samples.eval;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A tool call that the agent made.
 *
 * @param tool the tool's name
 * @param arguments the arguments; an object unless the model wrote something else
 */
public record MadeCall(String tool, JsonNode arguments) {}
