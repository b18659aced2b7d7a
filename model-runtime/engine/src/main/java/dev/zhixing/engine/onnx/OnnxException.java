package dev.zhixing.engine.onnx;

/** An ONNX file that is damaged, or not one that can be read here. */
public final class OnnxException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates an exception; the text says where, what was expected, and what was found. */
  public OnnxException(String message) {
    super(message);
  }
}
