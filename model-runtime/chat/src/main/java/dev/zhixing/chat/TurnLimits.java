package dev.zhixing.chat;

import dev.zhixing.engine.grammar.Grammar;
import org.jspecify.annotations.Nullable;

/**
 * What a turn may and must contain.
 *
 * @param maxTokens most tokens to generate, at least 1
 * @param mayCall whether tools may be called
 * @param mustCall whether a tool must be called
 * @param answer what the answer must look like, or null for free text
 */
record TurnLimits(int maxTokens, boolean mayCall, boolean mustCall, @Nullable Grammar answer) {}
