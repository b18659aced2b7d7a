/** Models and sessions: the engine as its users see it. */
@NullMarked
package dev.zhixing.engine;

import org.jspecify.annotations.NullMarked;
