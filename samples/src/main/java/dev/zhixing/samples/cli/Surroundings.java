package dev.zhixing.samples.cli;

import java.io.InputStream;
import java.io.PrintStream;

/**
 * What the commands know of the world; read from environment and system properties by {@link
 * Zhixing} alone, given by tests.
 *
 * @param directories where files are kept
 * @param in standard input
 * @param out standard output, UTF-8
 * @param err standard error, UTF-8
 * @param asksPeople whether a person sits at standard input and sees standard error
 * @param showsToPeople whether standard output is a terminal
 * @param colours whether to use colours there
 * @param models where chat models come from
 */
record Surroundings(
    Directories directories,
    InputStream in,
    PrintStream out,
    PrintStream err,
    boolean asksPeople,
    boolean showsToPeople,
    boolean colours,
    ChatModels models) {}
