/** The llama family: which tensors and keys a file has, and how the shared blocks use them. */
@NullMarked
package dev.zhixing.engine.llama;

import org.jspecify.annotations.NullMarked;
