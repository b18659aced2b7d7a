/** Reflexion: a critic's advice goes into the next attempt. */
@NullMarked
package dev.zhixing.planner.reflexion;

import org.jspecify.annotations.NullMarked;
