/** Decoder families: what a file's keys and tensors mean, and which shared blocks they use. */
@NullMarked
package dev.zhixing.engine.family;

import org.jspecify.annotations.NullMarked;
