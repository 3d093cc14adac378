package org.xgradient.graph;

import com.google.common.collect.ImmutableList;
import java.util.stream.Collectors;

/**
 * Whether a forward pass is positively homogeneous in its inputs: \(F(\alpha x) = \alpha^k F(x)\)
 * for every \(\alpha \gt 0\). Either a proof, or the reasons why there is none.
 *
 * <p>The proof is one on the operations of the graph, from the inputs to the logits (FAA, Prop. 3.8
 * and 3.9 and App. A); layer names are not trusted.
 */
public sealed interface Homogeneity {

  /**
   * Looks for a proof.
   *
   * @param pass the forward pass
   * @return the proof, or the reasons why there is none
   */
  static Homogeneity of(ForwardPass pass) {
    return HomogeneityProof.of(pass);
  }

  /**
   * The proof.
   *
   * @return this, if it is a proof
   * @throws NotHomogeneousException if it is not, with all reasons in the message
   */
  Proven orElseThrow();

  /**
   * The pass is homogeneous.
   *
   * @param degree the degree \(k\)
   * @param path the names of the operations from the inputs to the logits, each after its inputs
   */
  record Proven(double degree, ImmutableList<String> path) implements Homogeneity {
    @Override
    public Proven orElseThrow() {
      return this;
    }
  }

  /**
   * The pass is not known to be homogeneous.
   *
   * @param offenders every operation that stands in the way of a proof, at least one
   */
  record NotProven(ImmutableList<Offender> offenders) implements Homogeneity {
    @Override
    public Proven orElseThrow() {
      throw new NotHomogeneousException(offenders);
    }
  }

  /**
   * An operation that stands in the way of a proof.
   *
   * @param operation the name of the operation, which begins with the path of its layer
   * @param type the type of the operation
   * @param reason why it stands in the way
   * @param fix what would help
   */
  record Offender(String operation, String type, String reason, String fix) {
    @Override
    public String toString() {
      return "%s (%s): %s; %s".formatted(operation, type, reason, fix);
    }

    static String list(ImmutableList<Offender> offenders) {
      return offenders.stream()
          .map(Offender::toString)
          .collect(Collectors.joining("\n  ", "\n  ", ""));
    }
  }
}
