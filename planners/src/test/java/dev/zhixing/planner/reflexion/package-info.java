@NullMarked
package dev.zhixing.planner.reflexion;

import org.jspecify.annotations.NullMarked;
