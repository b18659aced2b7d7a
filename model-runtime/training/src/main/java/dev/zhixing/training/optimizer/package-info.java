/** How gradients change weights: learning rate, clipping, AdamW. */
@NullMarked
package dev.zhixing.training.optimizer;

import org.jspecify.annotations.NullMarked;
