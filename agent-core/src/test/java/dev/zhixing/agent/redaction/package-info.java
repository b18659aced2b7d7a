@NullMarked
package dev.zhixing.agent.redaction;

import org.jspecify.annotations.NullMarked;
