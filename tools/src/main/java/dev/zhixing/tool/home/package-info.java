/** A simulated smart home whose state lives in a file. */
@NullMarked
package dev.zhixing.tool.home;

import org.jspecify.annotations.NullMarked;
