/** The tool {@code current_time}. */
@NullMarked
package dev.zhixing.tool.time;

import org.jspecify.annotations.NullMarked;
