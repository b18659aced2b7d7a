/** Layers of the llama family, forward and backward, as explicit code over flat parameters. */
@NullMarked
package dev.zhixing.training.layer;

import org.jspecify.annotations.NullMarked;
