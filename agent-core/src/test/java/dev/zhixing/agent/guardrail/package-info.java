/** Tests of the guardrails. */
@NullMarked
package dev.zhixing.agent.guardrail;

import org.jspecify.annotations.NullMarked;
