/** A graph of calls: one plan, independent calls at once. */
@NullMarked
package dev.zhixing.planner.dag;

import org.jspecify.annotations.NullMarked;
