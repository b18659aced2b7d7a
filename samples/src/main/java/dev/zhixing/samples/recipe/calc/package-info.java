/** Situations in which the calculator is right: everyday arithmetic in many wordings. */
@NullMarked
package dev.zhixing.samples.recipe.calc;

import org.jspecify.annotations.NullMarked;
