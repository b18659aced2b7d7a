/** Situations that store facts about the user and look them up again. */
@NullMarked
package dev.zhixing.samples.recipe.memory;

import org.jspecify.annotations.NullMarked;
