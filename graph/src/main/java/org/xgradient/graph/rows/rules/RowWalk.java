package org.xgradient.graph.rows.rules;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tensorflow.GraphOperation;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.xgradient.graph.walk.GraphWalk;

/**
 * Follows the rows of a batch along the operations of a forward pass. After an operation in which
 * rows know each other it goes on as if they did not, so that all of them are found, and not only
 * the first.
 */
public final class RowWalk {

  private static final RowVerdict.Obstacle UNSAID =
      new RowVerdict.Obstacle(false, false, "is made of what is not followed", "");

  private static final ImmutableSet<String> FED = ImmutableSet.of("Placeholder", "PlaceholderV2");

  private final GraphOperation source;
  private final Output<?> inputs;
  private final long rowsOfInputs;
  private final Map<GraphOperation, ImmutableList<Rows>> known = new HashMap<>();
  private final KnownShapes shapes = new KnownShapes();
  private final List<Finding> findings = new ArrayList<>();

  /**
   * Operations whose shapes are unclear by an obstacle that was not said, and what is made of them.
   */
  private final Set<GraphOperation> unsaid = new HashSet<>();

  /** Operations whose outputs are lost, and of which that was said. */
  private final Set<GraphOperation> accounted = new HashSet<>();

  /**
   * Where rows are not known to stay apart.
   *
   * @param operation the operation
   * @param certain whether they do not, rather than that they are not followed
   * @param reason why
   * @param fix what would help
   */
  public record Finding(GraphOperation operation, boolean certain, String reason, String fix) {}

  /**
   * Starts.
   *
   * @param inputs the inputs of the pass, of shape {@code [batch, ...]}
   */
  public RowWalk(Output<?> inputs) {
    source = (GraphOperation) inputs.op();
    this.inputs = inputs;
    rowsOfInputs = inputs.shape().isUnknown() ? Shape.UNKNOWN_SIZE : inputs.shape().get(0);
  }

  /** {@return whether an operation's values are fed} */
  public static boolean isGiven(GraphOperation operation) {
    return FED.contains(operation.type());
  }

  /**
   * Takes the next operation.
   *
   * @param operation the operation, after all of its inputs
   * @param matters whether its values matter, and not only their shape
   */
  public void visit(GraphOperation operation, boolean matters) {
    if (operation.equals(source) || isGiven(operation)) {
      known.put(operation, sources(operation));
      return;
    }
    ImmutableList.Builder<Rows> operands = ImmutableList.builder();
    for (int i = 0; i < operation.numInputs(); i++) {
      operands.add(rows(operation.input(i)));
    }
    RowOperation found = new RowOperation(operation, operands.build(), shapes);
    shapes.add(found);
    RowVerdict verdict = judge(found, matters);
    known.put(operation, verdict.outputs());
    if (verdict.obstacle().isEmpty()) {
      return;
    }
    RowVerdict.Obstacle obstacle = verdict.obstacle().get();
    if (matters) {
      add(operation, obstacle);
    } else if (!obstacle.keepsShape()) {
      unsaid.add(operation);
    }
  }

  /**
   * What was not said, for values did not seem to matter, is said where they come to matter after
   * all: a shape may depend on them.
   */
  private RowVerdict judge(RowOperation operation, boolean matters) {
    boolean unclear = false;
    for (int i = 0; i < operation.size(); i++) {
      GraphOperation operand = (GraphOperation) operation.operation().input(i).op();
      boolean lost = operation.rows(i) instanceof Rows.Lost;
      unclear |= unsaid.contains(operand) || (lost && !accounted.contains(operand));
    }
    if (!unclear) {
      return accounted(operation, RowRules.judge(operation));
    }
    if (!GraphWalk.asksForShape(operation.operation())) {
      return matters
          ? RowVerdict.lost("is made of what is not followed")
          : new RowVerdict(RowRules.judge(operation).outputs(), Optional.of(UNSAID));
    }
    for (int i = 0; i < operation.size(); i++) {
      if (operation.shape(i).isUnknown() || operation.shape(i).hasUnknownDimension()) {
        return RowVerdict.lost("asks for the shape of what is not followed");
      }
    }
    return RowVerdict.of(new Rows.Same());
  }

  /** What is made of something lost, which was said, needs no other word. */
  private RowVerdict accounted(RowOperation operation, RowVerdict verdict) {
    if (operation.any(Rows.Lost.class)) {
      accounted.add(operation.operation());
    }
    return verdict;
  }

  private void add(GraphOperation operation, RowVerdict.Obstacle found) {
    accounted.add(operation);
    findings.add(new Finding(operation, found.certain(), found.reason(), found.fix()));
  }

  /** What is given: the inputs, and what is fed beside them, such as a mask, for each row. */
  private ImmutableList<Rows> sources(GraphOperation operation) {
    ImmutableList.Builder<Rows> outputs = ImmutableList.builder();
    for (int i = 0; i < operation.numOutputs(); i++) {
      Output<?> output = operation.output(i);
      Shape shape = output.shape();
      boolean perRow =
          !shape.isUnknown() && shape.numDimensions() > 0 && shape.get(0) == rowsOfInputs;
      // A batch of one row has no neighbours.
      outputs.add(
          rowsOfInputs != 1 && (perRow || output.equals(inputs))
              ? new Rows.Along(0, 1, 1)
              : new Rows.Same());
    }
    return outputs.build();
  }

  /**
   * Ends.
   *
   * @param logits the logits, of shape {@code [batch, outputs]}
   * @return where rows are not known to stay apart, in the order of the walk
   */
  public ImmutableList<Finding> findings(Output<?> logits) {
    ImmutableList.Builder<Finding> all = ImmutableList.<Finding>builder().addAll(findings);
    if (rows(logits) instanceof Rows.Lost && all.build().isEmpty()) {
      all.add(
          new Finding(
              (GraphOperation) logits.op(),
              false,
              "is made of what is not followed",
              "use operations that the proof knows"));
    }
    if (rows(logits) instanceof Rows.Along along
        && !(along.axis() == 0 && along.hasOneEntryPerRow())) {
      all.add(
          new Finding(
              (GraphOperation) logits.op(),
              true,
              "does not have one row for each row of the inputs, in their order",
              "let the logits be of shape [batch, outputs]"));
    }
    return all.build();
  }

  private Rows rows(Output<?> operand) {
    // A loop leads back to an operation not yet seen.
    ImmutableList<Rows> outputs =
        known.getOrDefault((GraphOperation) operand.op(), ImmutableList.of(new Rows.Lost()));
    return outputs.get(Math.min(operand.index(), outputs.size() - 1));
  }
}
