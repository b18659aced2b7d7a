/**
 * The journals of runs as files: a line of JSON for each entry, on the disk before the run goes on
 * where that matters, without secrets.
 */
@NullMarked
package dev.zhixing.agent.journal;

import org.jspecify.annotations.NullMarked;
