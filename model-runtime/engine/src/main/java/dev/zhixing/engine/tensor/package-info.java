/** Weights as they lie in a file: shape, type and memory. */
@NullMarked
package dev.zhixing.engine.tensor;

import org.jspecify.annotations.NullMarked;
