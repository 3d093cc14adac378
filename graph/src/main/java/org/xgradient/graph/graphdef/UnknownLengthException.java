package org.xgradient.graph.graphdef;

import java.util.Optional;
import org.tensorflow.proto.NodeDef;
import org.xgradient.data.DataException;

/** A loop, or a list that one fills, is of a length that the shapes of the inputs don't fix. */
public final class UnknownLengthException extends DataException {

  private static final long serialVersionUID = 1L;

  private final String said;

  /**
   * Creates the exception.
   *
   * @param node the loop, or what is done with the list
   * @param reason what is not known
   * @param said what TensorFlow says against the shapes, on one line; empty if nothing
   */
  UnknownLengthException(NodeDef node, String reason, String said) {
    super("%s (%s) stands in the way: %s".formatted(node.getName(), node.getOp(), reason));
    this.said = said;
  }

  /** {@return what TensorFlow says against the shapes of the inputs; empty if it takes them} */
  public Optional<String> said() {
    return said.isEmpty() ? Optional.empty() : Optional.of(said);
  }
}
