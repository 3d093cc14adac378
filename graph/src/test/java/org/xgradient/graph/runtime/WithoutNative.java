package org.xgradient.graph.runtime;

import java.nio.file.Path;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.savedmodel.SavedModels;

/**
 * A program in whose class path TensorFlow's native library is missing; {@link
 * NativeTensorFlowTest} starts it.
 */
final class WithoutNative {

  private WithoutNative() {}

  /** Prints what each way in throws, and at the end what the second attempt at the first does. */
  public static void main(String[] arguments) {
    attempt(GraphSession::open);
    attempt(() -> SavedModels.load(Path.of(arguments[0])));
    attempt(TensorFlowRuntime::find);
    attempt(GraphSession::open);
  }

  private static void attempt(Runnable use) {
    try {
      use.run();
      System.out.println("nothing thrown");
    } catch (RuntimeException | LinkageError e) {
      System.out.println(e.getClass().getSimpleName() + ": " + e.getMessage());
    }
  }
}
