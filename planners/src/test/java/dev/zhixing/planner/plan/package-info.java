@NullMarked
package dev.zhixing.planner.plan;

import org.jspecify.annotations.NullMarked;
