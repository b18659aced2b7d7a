/** Tests of the whole house: who may see whom, format, nullness, the README. */
@NullMarked
package dev.zhixing.samples.house;

import org.jspecify.annotations.NullMarked;
