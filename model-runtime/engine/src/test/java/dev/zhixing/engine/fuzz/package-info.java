/**
 * What Jazzer runs on bytes that it makes up, and the bytes that it has found worth keeping. A
 * target returns for input that is read or refused as the reader promises; whatever else it throws
 * is a bug in the reader.
 */
@NullMarked
package dev.zhixing.engine.fuzz;

import org.jspecify.annotations.NullMarked;
