@NullMarked
package dev.zhixing.agent.observe;

import org.jspecify.annotations.NullMarked;
