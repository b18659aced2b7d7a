/** Guardrails: what may go into a run, which calls may be run, and what may come out of it. */
@NullMarked
package dev.zhixing.agent.guardrail;

import org.jspecify.annotations.NullMarked;
