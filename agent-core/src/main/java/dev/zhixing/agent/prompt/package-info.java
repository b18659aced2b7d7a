/** Prompts as files, and what models write in reply to them. */
@NullMarked
package dev.zhixing.agent.prompt;

import org.jspecify.annotations.NullMarked;
