/**
 * Situations with tools that nobody has seen before: many hand-written tools, renamed and varied at
 * random, so that the model must read what it is offered.
 */
@NullMarked
package dev.zhixing.samples.recipe.unseen;

import org.jspecify.annotations.NullMarked;
