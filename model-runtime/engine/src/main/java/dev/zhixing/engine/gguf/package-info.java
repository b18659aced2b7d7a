/** GGUF model files: reading by memory map, and writing. */
@NullMarked
package dev.zhixing.engine.gguf;

import org.jspecify.annotations.NullMarked;
