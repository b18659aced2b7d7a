/**
 * Trains small models of the llama family on this machine's processor: configuration, data, the
 * loop, checkpoints and progress.
 */
@NullMarked
package dev.zhixing.training;

import org.jspecify.annotations.NullMarked;
