package org.xgradient.experiments.axioms;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import com.google.common.primitives.ImmutableIntArray;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.types.TFloat32;
import org.xgradient.attribution.axioms.Axiom;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.BoundModel;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Mode;
import org.xgradient.graph.Model;
import org.xgradient.graph.Parameter;

/** A function on which methods violate axioms. */
enum CounterFunction {
  /** That of Sundararajan et al. (2017), Sec. 2.1: its gradient at 2 is zero. */
  SATURATION(
      "f(x) = 1 - ReLU(1 - x)",
      "x = 2, x' = 0",
      Sets.immutableEnumSet(
          Axiom.SENSITIVITY_A,
          Axiom.SENSITIVITY_B,
          Axiom.IMPLEMENTATION_INVARIANCE,
          Axiom.COMPLETENESS,
          Axiom.LINEARITY,
          Axiom.HOMOGENEITY)) {
    @Override
    FloatArray input() {
      return FloatArray.of(new float[] {2}, 1);
    }

    @Override
    FloatArray references() {
      return FloatArray.zeros(1, 1);
    }

    @Override
    Operand<TFloat32> of(Ops tf, Operand<TFloat32> x) {
      var one = tf.constant(1f);
      return tf.math.sub(one, tf.nn.relu(tf.math.sub(one, x)));
    }
  },

  /** Symmetric, with references that are so as a distribution, and not one by one. */
  SUM(
      "f(x) = x1 + x2",
      "x = (1, 1), x' = (0, 1) or (1, 0), or else 0",
      Sets.immutableEnumSet(Axiom.SYMMETRY)) {
    @Override
    FloatArray input() {
      return FloatArray.of(new float[] {1, 1}, 2);
    }

    @Override
    FloatArray references() {
      return FloatArray.of(new float[] {0, 1, 1, 0}, 2, 2);
    }

    @Override
    Operand<TFloat32> of(Ops tf, Operand<TFloat32> x) {
      return tf.reduceSum(x, tf.constant(1), ReduceSum.keepDims(true));
    }
  };

  /** How often a method that draws at random is tried: each row has a draw of its own. */
  private static final int DRAWS = 16;

  private final String formula;
  private final String place;
  private final ImmutableSet<Axiom> axioms;

  CounterFunction(String formula, String place, ImmutableSet<Axiom> axioms) {
    this.formula = formula;
    this.place = place;
    this.axioms = axioms;
  }

  /** {@return the input, of shape {@code [features]}} */
  abstract FloatArray input();

  /** {@return the references, of shape {@code [references, features]}} */
  abstract FloatArray references();

  /** Adds the operations of the function, from inputs of shape {@code [batch, features]}. */
  abstract Operand<TFloat32> of(Ops tf, Operand<TFloat32> x);

  /** {@return whether the row of a method is about such functions} */
  boolean isFor(TableMethod method) {
    return this == SUM || !method.needsHomogeneity();
  }

  /** {@return the violations of a method at this function, one for each axiom that is violated} */
  ImmutableList<CounterExample> violations(TableMethod method, long seed) {
    try (GraphSession session = GraphSession.open()) {
      var model = new FunctionModel(session.ops(), input().shape(), this);
      var checks = new TableChecks(BoundModel.of(session, model), method, references(), seed);
      FloatArray rows = FloatArray.of(input().values(), 1, input().size()).gather(new int[DRAWS]);
      return checks.check(rows, axioms).values().stream()
          .filter(finding -> !finding.holds())
          .map(finding -> new CounterExample(formula, place, finding))
          .collect(ImmutableList.toImmutableList());
    }
  }

  private record FunctionModel(Ops ops, ImmutableIntArray inputShape, CounterFunction function)
      implements Model {
    @Override
    public int outputs() {
      return 1;
    }

    @Override
    public ImmutableList<Parameter> parameters() {
      return ImmutableList.of();
    }

    @Override
    public Operand<TFloat32> logits(Operand<TFloat32> inputs, Mode mode) {
      return function.of(ops, inputs);
    }
  }
}
