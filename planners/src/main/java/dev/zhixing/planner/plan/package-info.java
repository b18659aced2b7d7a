/** Plan and execute: a plan first, then its tasks, another plan where one fails. */
@NullMarked
package dev.zhixing.planner.plan;

import org.jspecify.annotations.NullMarked;
