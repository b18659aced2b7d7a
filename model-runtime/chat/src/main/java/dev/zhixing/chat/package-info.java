/**
 * LangChain4j's chat models on the local runtime: conversation formats, tool calls under a grammar,
 * and transcripts of tokens that only grow.
 */
@NullMarked
package dev.zhixing.chat;

import org.jspecify.annotations.NullMarked;
