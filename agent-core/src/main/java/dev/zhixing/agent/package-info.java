/**
 * The agent: its loop, the run that it grows, the ports that it works through, and the ways a run
 * can end. It drives any LangChain4j model and knows nothing of a runtime.
 */
@NullMarked
package dev.zhixing.agent;

import org.jspecify.annotations.NullMarked;
