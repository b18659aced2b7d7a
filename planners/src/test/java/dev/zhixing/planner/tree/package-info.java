@NullMarked
package dev.zhixing.planner.tree;

import org.jspecify.annotations.NullMarked;
