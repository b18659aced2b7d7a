/** Situations that ask for facts: the web, the clock, the user's own documents. */
@NullMarked
package dev.zhixing.samples.recipe.search;

import org.jspecify.annotations.NullMarked;
