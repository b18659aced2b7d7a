/** Weights out of ONNX files: what a model's graph is initialised with, not the graph itself. */
@NullMarked
package dev.zhixing.engine.onnx;

import org.jspecify.annotations.NullMarked;
