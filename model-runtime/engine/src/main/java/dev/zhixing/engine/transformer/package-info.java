/** The blocks that decoder families are composed of, and the key-value cache. */
@NullMarked
package dev.zhixing.engine.transformer;

import org.jspecify.annotations.NullMarked;
