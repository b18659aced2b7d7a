/** Tests of the agent. */
@NullMarked
package dev.zhixing.agent;

import org.jspecify.annotations.NullMarked;
