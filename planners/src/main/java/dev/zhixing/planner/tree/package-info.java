/** Tree search over forks of a run. */
@NullMarked
package dev.zhixing.planner.tree;

import org.jspecify.annotations.NullMarked;
