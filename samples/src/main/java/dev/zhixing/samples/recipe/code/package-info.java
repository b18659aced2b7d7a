/** Situations in which a short JavaScript program is run. */
@NullMarked
package dev.zhixing.samples.recipe.code;

import org.jspecify.annotations.NullMarked;
