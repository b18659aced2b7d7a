/** Exact arithmetic: expressions, rational numbers, and the tool {@code calculator}. */
@NullMarked
package dev.zhixing.tool.calculator;

import org.jspecify.annotations.NullMarked;
