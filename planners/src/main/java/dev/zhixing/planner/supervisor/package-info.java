/** A supervisor that hands over to named agents. */
@NullMarked
package dev.zhixing.planner.supervisor;

import org.jspecify.annotations.NullMarked;
