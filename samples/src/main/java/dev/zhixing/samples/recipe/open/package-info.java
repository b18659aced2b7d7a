/**
 * What the recipe makes of public data sets, where they are there: tool calls out of labelled
 * utterances, arithmetic out of word problems, plain text.
 */
@NullMarked
package dev.zhixing.samples.recipe.open;

import org.jspecify.annotations.NullMarked;
