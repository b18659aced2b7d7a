/** Seeded violations of the house rules. */
@NullMarked
package dev.zhixing.tool.seeded;

import org.jspecify.annotations.NullMarked;
