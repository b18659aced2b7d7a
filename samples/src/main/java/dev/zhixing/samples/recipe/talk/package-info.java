/** Situations without a call: asking back, small talk, refusals. */
@NullMarked
package dev.zhixing.samples.recipe.talk;

import org.jspecify.annotations.NullMarked;
