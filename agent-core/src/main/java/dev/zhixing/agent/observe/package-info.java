/** What runs do, as OpenTelemetry spans and as events of Java's Flight Recorder. */
@NullMarked
package dev.zhixing.agent.observe;

import org.jspecify.annotations.NullMarked;
