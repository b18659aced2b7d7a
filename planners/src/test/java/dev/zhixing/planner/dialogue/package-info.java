@NullMarked
package dev.zhixing.planner.dialogue;

import org.jspecify.annotations.NullMarked;
