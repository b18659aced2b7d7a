/** The arithmetic: scalar and Vector API kernels behind one interface, and the threads. */
@NullMarked
package dev.zhixing.engine.kernel;

import org.jspecify.annotations.NullMarked;
