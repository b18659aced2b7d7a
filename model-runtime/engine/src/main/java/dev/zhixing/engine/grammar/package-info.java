/** Which tokens may come next: grammars over bytes, so that what a model writes is well-formed. */
@NullMarked
package dev.zhixing.engine.grammar;

import org.jspecify.annotations.NullMarked;
