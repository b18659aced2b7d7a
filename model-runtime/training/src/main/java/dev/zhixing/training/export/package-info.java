/** Writes trained models as files that the runtime loads. */
@NullMarked
package dev.zhixing.training.export;

import org.jspecify.annotations.NullMarked;
