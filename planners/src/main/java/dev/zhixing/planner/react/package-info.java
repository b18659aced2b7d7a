/** ReAct: think and act in turns. */
@NullMarked
package dev.zhixing.planner.react;

import org.jspecify.annotations.NullMarked;
