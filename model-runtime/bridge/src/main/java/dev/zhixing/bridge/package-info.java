/** What only a local model can do well for an agent: the one place that sees both. */
@NullMarked
package dev.zhixing.bridge;

import org.jspecify.annotations.NullMarked;
