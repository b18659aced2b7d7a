/** Situations with two or more calls, at once or one after the other. */
@NullMarked
package dev.zhixing.samples.recipe.chain;

import org.jspecify.annotations.NullMarked;
