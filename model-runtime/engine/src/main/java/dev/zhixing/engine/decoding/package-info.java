/** Generating tokens: sampling within a grammar, with drafts that the model verifies. */
@NullMarked
package dev.zhixing.engine.decoding;

import org.jspecify.annotations.NullMarked;
