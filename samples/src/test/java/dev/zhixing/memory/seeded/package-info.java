/** Seeded violations of the house rules. */
@NullMarked
package dev.zhixing.memory.seeded;

import org.jspecify.annotations.NullMarked;
