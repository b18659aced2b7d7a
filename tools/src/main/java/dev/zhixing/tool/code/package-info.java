/** JavaScript in a sandbox with limits on time, memory and output. */
@NullMarked
package dev.zhixing.tool.code;

import org.jspecify.annotations.NullMarked;
