/**
 * The recipe of {@code zhixing-tiny} itself: what goes in, how it is rendered, trained, exported
 * and judged.
 */
@NullMarked
package dev.zhixing.samples.recipe.tiny;

import org.jspecify.annotations.NullMarked;
