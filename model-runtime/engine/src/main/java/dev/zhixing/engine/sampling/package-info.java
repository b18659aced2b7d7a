/** Choosing the next token from its logits. */
@NullMarked
package dev.zhixing.engine.sampling;

import org.jspecify.annotations.NullMarked;
