@NullMarked
package dev.zhixing.planner.dag;

import org.jspecify.annotations.NullMarked;
