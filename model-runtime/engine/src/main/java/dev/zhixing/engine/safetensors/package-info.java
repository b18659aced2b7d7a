/** Models in Hugging Face's layout: safetensors files and config.json, seen in GGUF's names. */
@NullMarked
package dev.zhixing.engine.safetensors;

import org.jspecify.annotations.NullMarked;
