/** Tests of the bridge. */
@NullMarked
package dev.zhixing.bridge;

import org.jspecify.annotations.NullMarked;
