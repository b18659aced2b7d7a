package dev.zhixing.chat.format;

/**
 * A tool call as far as a model has written it.
 *
 * @param name the tool's name
 * @param arguments JSON, or the beginning of it
 * @param isComplete whether the arguments are complete
 */
public record WrittenCall(String name, String arguments, boolean isComplete) {}
