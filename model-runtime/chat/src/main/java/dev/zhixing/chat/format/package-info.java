/**
 * How models of other families write conversations: their chat templates, built-in ones for files
 * that lack them, their tool calls and thinking sections.
 */
@NullMarked
package dev.zhixing.chat.format;

import org.jspecify.annotations.NullMarked;
