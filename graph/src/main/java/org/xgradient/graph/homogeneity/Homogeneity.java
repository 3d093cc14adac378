package org.xgradient.graph.homogeneity;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import java.util.LinkedHashMap;
import java.util.stream.Collectors;
import org.xgradient.graph.BoundModel;
import org.xgradient.graph.ForwardPass;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.rows.RowIndependence;
import org.xgradient.graph.rows.RowIndependence.Mixed;

/**
 * Whether a forward pass is positively homogeneous in its inputs: {@code F(α x) = α^k F(x)} for
 * every {@code α > 0}. Either a proof, or the reasons why there is none.
 *
 * <p>The proof is one on the operations of the graph, from the inputs to the logits (FAA, Prop. 3.8
 * and 3.9 and App. A); layer names are not trusted. It follows how each tensor scales: it stays
 * (constants, variables, shapes), or is homogeneous of some degree, 0 for signs and comparisons.
 * The degrees of factors add; the terms of a sum must have equal degrees. An operation that the
 * proof doesn't know is not proven, and never guessed.
 *
 * <p>What is proven is about real numbers and positive factors. It says nothing of {@code F(0)}
 * where a quotient or a negative power makes that undefined, and nothing of rounding. Where
 * TensorFlow leaves gradients out, the gradient of the graph is not that of the function; such
 * operations are refused on a path from the inputs, as are those whose gradient it gets wrong. A
 * pass whose rows are not proven to stay apart ({@link RowIndependence}) is not proven either:
 * explanations of a row that depends on others would not be those of the row.
 */
public sealed interface Homogeneity {

  /**
   * Looks for a proof that holds whatever the values of the variables: a variable that is added
   * counts as a bias, even if it is zero now.
   *
   * @param pass the forward pass
   * @return the proof, or the reasons why there is none
   */
  static Homogeneity of(ForwardPass pass) {
    return HomogeneityProof.of(pass, new LiteralValues()).result();
  }

  /**
   * Looks for a proof that holds whatever the values of the variables, on a forward pass in
   * inference mode that is added once.
   *
   * @param bound the model
   * @return the proof, or the reasons why there is none
   */
  static Homogeneity of(BoundModel bound) {
    return bound
        .session()
        .once(
            Homogeneity.class,
            bound.model(),
            () -> {
              Homogeneity found = of(ForwardPass.ofInference(bound));
              // Rows may meet before the pass begins.
              return found instanceof Proven && RowIndependence.of(bound) instanceof Mixed mixed
                  ? new NotProven(Offender.of(mixed))
                  : found;
            });
  }

  /**
   * Looks for a proof that holds for the present values of the variables: what does not depend on
   * the inputs and matters to the proof, such as a bias or the shift of a batch normalisation, is
   * evaluated. Once variables change, the proof is void.
   *
   * @param pass the forward pass
   * @param session the session of its graph, whose variables have values
   * @return the proof, or the reasons why there is none
   */
  static Homogeneity of(ForwardPass pass, GraphSession session) {
    return HomogeneityProof.of(pass, new EvaluatedValues(session, pass.inputs().asOutput()))
        .result();
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
   * @param degree the degree {@code k}; 0 if the logits don't depend on the scale of the inputs
   * @param path the names of the operations from the inputs to the logits, each after its inputs;
   *     without those that only depend on the shape of the inputs
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
    /** {@return the path of the layer, as in {@code mlp/fc1}; empty if the name has none} */
    public String layer() {
      int end = operation.lastIndexOf('/');
      return end < 0 ? "" : operation.substring(0, end);
    }

    @Override
    public String toString() {
      return "%s (%s): %s; %s".formatted(operation, type, reason, fix);
    }

    private static ImmutableList<Offender> of(Mixed rows) {
      return rows.findings().stream()
          .map(found -> new Offender(found.operation(), found.type(), found.reason(), found.fix()))
          .collect(toImmutableList());
    }

    /**
     * The operations, a line each; of those that differ in nothing but their name, as in each step
     * of a loop, the first one and how many there are.
     *
     * @param offenders the operations
     * @return the lines, indented, each after a line break
     */
    public static String list(ImmutableList<Offender> offenders) {
      return offenders.stream()
          .collect(Collectors.groupingBy(Offender::unnamed, LinkedHashMap::new, toImmutableList()))
          .values()
          .stream()
          .map(alike -> alike.get(0) + (alike.size() == 1 ? "" : more(alike.size() - 1)))
          .collect(Collectors.joining("\n  ", "\n  ", ""));
    }

    private static String more(int more) {
      return " (and %d more like it)".formatted(more);
    }

    /** In each step of a loop names end with another number. */
    private Offender unnamed() {
      return new Offender("", type, reason.replaceAll("(_\\d+)+\\b", ""), fix);
    }
  }
}
