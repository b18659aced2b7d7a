package dev.zhixing.samples.eval;

/** The model that was to be evaluated does not work. */
public final class ModelFaultException extends RuntimeException {

  private static final long serialVersionUID = 1;

  ModelFaultException(String message) {
    super(message);
  }
}
