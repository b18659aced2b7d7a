/** The trainer's arithmetic: FP32 matrix products and row operations on the Vector API. */
@NullMarked
package dev.zhixing.training.kernel;

import org.jspecify.annotations.NullMarked;
