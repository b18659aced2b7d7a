/** Encoders of the BERT family: sentences in, vectors or guesses for masked words out. */
@NullMarked
package dev.zhixing.engine.encoder;

import org.jspecify.annotations.NullMarked;
