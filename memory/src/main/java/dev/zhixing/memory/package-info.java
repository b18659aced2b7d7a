/** Long-term memory: facts on disk, and the tools {@code remember} and {@code recall}. */
@NullMarked
package dev.zhixing.memory;

import org.jspecify.annotations.NullMarked;
