package org.xgradient.graph.gradient;

import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.OperationAttributeInspector;
import org.tensorflow.OperationBuilder;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.op.RawCustomGradient;

/** The gradients of operations that pass values on, and of their gradients. */
final class StructuralGradients {

  static final ImmutableMap<String, RawCustomGradient> ALL =
      ImmutableMap.<String, RawCustomGradient>builder()
          .put("OnesLike", (tf, op, v) -> List.of(tf.zerosLike(op.input(0))))
          .put("Snapshot", StructuralGradients::passOn)
          .put("EnsureShape", StructuralGradients::passOn)
          .put("PlaceholderWithDefault", StructuralGradients::passOn)
          .put(Rectifier.IDENTITIES, StructuralGradients::identities)
          .put("StridedSliceGrad", StructuralGradients::stridedSliceGrad)
          .put("StatelessRandomUniform", StructuralGradients::drawn)
          .put("StatelessRandomUniformInt", StructuralGradients::drawn)
          .buildOrThrow();

  private StructuralGradients() {}

  /**
   * What is drawn depends on no value, only on shapes and seeds: those of embeddings, which are
   * trained, among them.
   */
  private static List<Operand<?>> drawn(Ops tf, GraphOperation op, List<Output<?>> v) {
    List<Operand<?>> none = new ArrayList<>();
    for (int i = 0; i < op.numInputs(); i++) {
      none.add(tf.zerosLike(op.input(i)));
    }
    return none;
  }

  private static List<Operand<?>> identities(Ops tf, GraphOperation op, List<Output<?>> v) {
    return Rectifier.is(op, v) ? Rectifier.gradients(tf, op, v) : passOn(tf, op, v);
  }

  private static List<Operand<?>> passOn(Ops tf, GraphOperation op, List<Output<?>> v) {
    List<Operand<?>> passed = new ArrayList<>(v.size());
    for (Output<?> gradient : v) {
      passed.add(tf.identity(gradient));
    }
    return passed;
  }

  /** StridedSliceGrad(shape, begin, end, strides, dy) scatters; its gradient slices. */
  private static List<Operand<?>> stridedSliceGrad(Ops tf, GraphOperation op, List<Output<?>> v) {
    var scope = tf.scope();
    OperationBuilder builder =
        scope.env().opBuilder("StridedSlice", scope.makeOpName("StridedSlice"), scope);
    builder.addInput(v.get(0));
    List<Operand<?>> gradients = new ArrayList<>();
    gradients.add(tf.zerosLike(op.input(0)));
    for (int i = 1; i < 4; i++) {
      builder.addInput(op.input(i));
      gradients.add(tf.zerosLike(op.input(i)));
    }
    OperationAttributeInspector attributes = op.attributes();
    for (String mask :
        List.of("begin_mask", "end_mask", "ellipsis_mask", "new_axis_mask", "shrink_axis_mask")) {
      builder.setAttr(mask, attributes.getAttrInt(mask));
    }
    gradients.add(builder.build().output(0));
    return gradients;
  }
}
