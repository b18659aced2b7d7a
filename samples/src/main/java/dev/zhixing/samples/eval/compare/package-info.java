/** Reports of evaluations as files, and the comparison of two runs of the same tasks. */
@NullMarked
package dev.zhixing.samples.eval.compare;

import org.jspecify.annotations.NullMarked;
