package org.xgradient.graph.gradient;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerPointer;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.internal.c_api.TFJ_GradFuncAdapter;
import org.tensorflow.internal.c_api.TFJ_GraphId;
import org.tensorflow.internal.c_api.TFJ_Scope;
import org.tensorflow.internal.c_api.TF_Operation;
import org.tensorflow.internal.c_api.TF_Output;
import org.tensorflow.op.Ops;
import org.tensorflow.op.RawCustomGradient;

/**
 * What TensorFlow calls for the gradients of operations. TensorFlow Java's own callback wants an
 * operand for every input; this one, which hands over to that, may say {@link NoGradient#NONE}, as
 * TensorFlow's C++ gradients do. What that gives is an array of the C library, which TensorFlow
 * frees.
 */
final class GradientCallback extends TFJ_GradFuncAdapter {

  /** How TensorFlow's C++ gradients write that there is none. */
  private static final int NO_INDEX = -1;

  private final TFJ_GradFuncAdapter withOperands;
  private final ThreadLocal<List<Integer>> missing = ThreadLocal.withInitial(List::of);

  GradientCallback(RawCustomGradient gradients) {
    withOperands =
        RawCustomGradient.adapter((tf, operation, v) -> filled(gradients, tf, operation, v));
  }

  /** Puts something where there is no gradient, and remembers where. */
  private List<Operand<?>> filled(
      RawCustomGradient gradients, Ops tf, GraphOperation operation, List<Output<?>> v) {
    List<Operand<?>> all = new ArrayList<>(gradients.call(tf, operation, v));
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i) == NoGradient.NONE) {
        places.add(i);
        all.set(i, v.get(0));
      }
    }
    missing.set(places);
    return all;
  }

  @Override
  public int call(
      TFJ_GraphId graph,
      TFJ_Scope scope,
      TF_Operation operation,
      TF_Output arriving,
      int count,
      @SuppressWarnings("rawtypes") PointerPointer given) {
    int size = withOperands.call(graph, scope, operation, arriving, count, given);
    var gradients = new TF_Output(given.get(0));
    for (int place : missing.get()) {
      gradients.getPointer(place).oper(null).index(NO_INDEX);
    }
    missing.remove();
    return size;
  }
}
