package org.xgradient.graph.homogeneity;

import java.util.stream.Stream;
import org.xgradient.graph.ForwardPass;

/** Every rule of the proof of homogeneity in a graph of its own. */
public final class ScalingCases {

  private ScalingCases() {}

  public static Stream<ScalingCase> all() {
    return Stream.of(
            ArithmeticCases.all(),
            StructuralCases.all(),
            WindowCases.all(),
            InvariantCases.all(),
            LogarithmCases.all(),
            RefusedCases.all())
        .flatMap(cases -> cases);
  }

  /** What is said of a batch as one whole, of whose outputs many cases don't make rows. */
  public static Homogeneity ofTheWholeBatch(ForwardPass pass) {
    return HomogeneityProof.of(pass, new LiteralValues()).scaling();
  }
}
