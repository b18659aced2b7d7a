/** Text to token ids and back, from the vocabulary that a model file carries. */
@NullMarked
package dev.zhixing.engine.tokenizer;

import org.jspecify.annotations.NullMarked;
