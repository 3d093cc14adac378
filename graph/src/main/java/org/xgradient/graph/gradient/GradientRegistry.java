package org.xgradient.graph.gradient;

import com.google.common.base.Throwables;
import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.internal.c_api.TFJ_GradFuncAdapter;
import org.tensorflow.internal.c_api.global.tensorflow;
import org.tensorflow.op.Ops;
import org.tensorflow.op.RawCustomGradient;
import org.xgradient.graph.runtime.NativeTensorFlow;

/**
 * The gradients of operations that TensorFlow's C++ registry lacks: mostly those of gradient
 * operations, which an attribution prior needs.
 *
 * <p>TensorFlow Java has room for ten native callbacks and crashes at the eleventh. Here are two
 * for all, one behind the other, which dispatch on the type of the operation.
 */
public final class GradientRegistry {

  private static final Map<String, RawCustomGradient> GRADIENTS = new ConcurrentHashMap<>();
  private static final ThreadLocal<@Nullable Throwable> ERROR = new ThreadLocal<>();

  // Native code holds no reference to it: it must live as long as the process.
  private static final TFJ_GradFuncAdapter ADAPTER;

  static {
    NativeTensorFlow.require();
    ADAPTER = new GradientCallback(GradientRegistry::dispatch);
    registerAll(ActivationGradients.ALL);
    registerAll(PoolingGradients.ALL);
    registerAll(StructuralGradients.ALL);
    registerAll(ReductionGradients.ALL);
    registerAll(DepthwiseGradients.ALL);
    registerAll(VolumeGradients.ALL);
    registerAll(OlderGradients.ALL);
  }

  private GradientRegistry() {}

  /** Loads this class, whose static initializer registers the gradients with TensorFlow. */
  public static void ensureRegistered() {}

  private static void registerAll(ImmutableMap<String, RawCustomGradient> gradients) {
    gradients.forEach(
        (type, gradient) -> {
          if (!tensorflow.TFJ_HasGradient(type)) {
            GRADIENTS.put(type, gradient);
            tensorflow.TFJ_RegisterCustomGradient(type, ADAPTER);
          }
        });
  }

  /** {@return whether there is a gradient of a type, by TensorFlow or by this registry} */
  public static boolean has(String type) {
    return tensorflow.TFJ_HasGradient(type);
  }

  /** {@return whether operations of a type have a gradient by this registry} */
  static boolean isOwn(String type) {
    return GRADIENTS.containsKey(type);
  }

  /** {@return the types of operation that have a gradient by this registry} */
  static Set<String> types() {
    return Set.copyOf(GRADIENTS.keySet());
  }

  /**
   * Replaces a gradient, so that a test can see that others notice.
   *
   * @return the gradient before
   */
  public static RawCustomGradient replace(String type, RawCustomGradient gradient) {
    RawCustomGradient before = GRADIENTS.replace(type, gradient);
    if (before == null) {
      throw new IllegalArgumentException("no gradient of " + type + " is registered here");
    }
    return before;
  }

  /**
   * Adds gradients, and throws what a callback threw meanwhile. An exception must not leave the
   * callback: the graph would stay in a state that later corrupts memory.
   */
  public static Output<?>[] collectingErrors(Supplier<Output<?>[]> addGradients) {
    ERROR.remove();
    try {
      Output<?>[] gradients = addGradients.get();
      Throwable error = ERROR.get();
      if (error != null) {
        Throwables.throwIfUnchecked(error);
        throw new IllegalStateException(error);
      }
      return gradients;
    } finally {
      ERROR.remove();
    }
  }

  private static List<Operand<?>> dispatch(
      Ops tf, GraphOperation operation, List<Output<?>> gradients) {
    try {
      RawCustomGradient gradient = GRADIENTS.get(operation.type());
      if (gradient == null) {
        throw new IllegalStateException("no gradient of " + operation.type() + " is registered");
      }
      return gradient.call(tf, operation, gradients);
    } catch (Throwable e) {
      // Whatever it is: an exception that leaves this callback corrupts memory.
      ERROR.set(e);
      List<Operand<?>> zeros = new ArrayList<>();
      for (int i = 0; i < operation.numInputs(); i++) {
        zeros.add(tf.zerosLike(operation.input(i)));
      }
      return zeros;
    }
  }
}
