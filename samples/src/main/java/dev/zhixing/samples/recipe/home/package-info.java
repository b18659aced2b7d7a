/** Situations at home: lights, heating, sensors, locks, curtains, timers. */
@NullMarked
package dev.zhixing.samples.recipe.home;

import org.jspecify.annotations.NullMarked;
