/**
 * The recipe of {@code zhixing-tiny}: generators of situations, phrase books in two languages, and
 * the rendering of what they give into training documents and evaluation tasks.
 */
@NullMarked
package dev.zhixing.samples.recipe;

import org.jspecify.annotations.NullMarked;
