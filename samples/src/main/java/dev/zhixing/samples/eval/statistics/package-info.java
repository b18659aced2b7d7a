/** The statistics of paired samples: the same tasks, done twice. */
@NullMarked
package dev.zhixing.samples.eval.statistics;

import org.jspecify.annotations.NullMarked;
