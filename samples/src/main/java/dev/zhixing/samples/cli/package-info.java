/**
 * The {@code zhixing} command line: its commands, how a run is shown on a terminal, and the
 * assembly of an agent from the modules.
 */
@NullMarked
package dev.zhixing.samples.cli;

import org.jspecify.annotations.NullMarked;
