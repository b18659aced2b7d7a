/** Tests of the ReAct planner. */
@NullMarked
package dev.zhixing.planner.react;

import org.jspecify.annotations.NullMarked;
