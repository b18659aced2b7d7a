/** Learns a byte-level byte-pair vocabulary from text. */
@NullMarked
package dev.zhixing.training.tokenizer;

import org.jspecify.annotations.NullMarked;
