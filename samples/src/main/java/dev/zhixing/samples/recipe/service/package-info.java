/** Situations of a shop's customer service. */
@NullMarked
package dev.zhixing.samples.recipe.service;

import org.jspecify.annotations.NullMarked;
