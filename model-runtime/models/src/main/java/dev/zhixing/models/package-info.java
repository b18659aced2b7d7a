/** The model that ships with the program. */
@NullMarked
package dev.zhixing.models;

import org.jspecify.annotations.NullMarked;
