/** The catalogue of tool specifications, and the tools that really run. */
@NullMarked
package dev.zhixing.tool;

import org.jspecify.annotations.NullMarked;
