package org.xgradient.graph.runtime;

/**
 * TensorFlow's native library is missing or can't be loaded, so that nothing can be computed. The
 * message names the artifact and the classifier to add for this platform.
 */
public final class NativeTensorFlowException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  NativeTensorFlowException(String message, Throwable cause) {
    super(message, cause);
  }
}
