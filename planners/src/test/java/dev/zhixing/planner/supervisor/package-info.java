@NullMarked
package dev.zhixing.planner.supervisor;

import org.jspecify.annotations.NullMarked;
