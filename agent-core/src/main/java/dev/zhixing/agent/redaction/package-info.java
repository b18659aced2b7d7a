/** Takes secrets out of what is kept: in journals, and in what an evaluation writes. */
@NullMarked
package dev.zhixing.agent.redaction;

import org.jspecify.annotations.NullMarked;
