/** Assertions on what an agent did, in AssertJ's style. */
@NullMarked
package dev.zhixing.agent.testing;

import org.jspecify.annotations.NullMarked;
