/**
 * The evaluation of an agent with tools: suites of tasks, the matchers that judge calls and
 * answers, and the report.
 */
@NullMarked
package dev.zhixing.samples.eval;

import org.jspecify.annotations.NullMarked;
