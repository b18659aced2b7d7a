@NullMarked
package dev.zhixing.agent.journal;

import org.jspecify.annotations.NullMarked;
