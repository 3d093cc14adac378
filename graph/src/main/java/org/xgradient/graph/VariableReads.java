package org.xgradient.graph;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.LinkedHashMultimap;
import com.google.common.collect.SetMultimap;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Operation;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.VarHandleOp;
import org.xgradient.graph.walk.GraphWalk;

/**
 * Who needs the values that variables have before a step updates them.
 *
 * <p>An update that waits for these alone keeps the gradients of other variables in memory no
 * longer than they are needed, and copies nothing: TensorFlow copies a variable that is updated
 * while somebody holds its old value.
 */
public final class VariableReads {

  private static final ImmutableSet<String> GATHERS =
      ImmutableSet.of("ResourceGather", "ResourceGatherNd");

  private final ImmutableList<Operand<?>> results;
  private final ImmutableList<GraphOperation> operations;
  private final SetMultimap<GraphOperation, GraphOperation> consumers = LinkedHashMultimap.create();

  private VariableReads(ImmutableList<Operand<?>> results) {
    this.results = results;
    operations = GraphWalk.ancestors(results);
    for (GraphOperation operation : operations) {
      for (int i = 0; i < operation.numInputs(); i++) {
        consumers.put((GraphOperation) operation.input(i).op(), operation);
      }
    }
  }

  /**
   * Looks at a step.
   *
   * @param results all that it computes before it updates variables
   * @return who reads which variable for that
   */
  public static VariableReads of(Collection<? extends Operand<?>> results) {
    return new VariableReads(ImmutableList.copyOf(results));
  }

  /**
   * Operations that wait until nobody needs the value any more that a variable has; where that
   * can't be told, until all results are there.
   *
   * @param tf the operations of the graph
   * @param parameter the variable
   * @return what adds operations that wait
   */
  public Ops after(Ops tf, Parameter parameter) {
    Set<Operation> last = new LinkedHashSet<>();
    for (GraphOperation handle : handles(parameter)) {
      for (GraphOperation reader : consumers.get(handle)) {
        if (GATHERS.contains(reader.type())) {
          last.add(reader);
        } else if (reader.type().equals("ReadVariableOp")) {
          last.addAll(consumers.get(reader));
        } else {
          return tf.withControlDependencyOps(results.stream().map(Operand::op).toList());
        }
      }
    }
    return tf.withControlDependencyOps(new ArrayList<>(last));
  }

  /** Those of the same variable: handles share it by its name. */
  private List<GraphOperation> handles(Parameter parameter) {
    var own = (GraphOperation) parameter.handle().asOutput().op();
    return operations.stream()
        .filter(operation -> operation.equals(own) || isSameVariable(operation, own))
        .toList();
  }

  private static boolean isSameVariable(GraphOperation operation, GraphOperation own) {
    return operation.type().equals(VarHandleOp.OP_NAME)
        && own.type().equals(VarHandleOp.OP_NAME)
        && sharedName(operation).equals(sharedName(own));
  }

  private static String sharedName(GraphOperation handle) {
    return handle.attributes().getAttrString("shared_name");
  }
}
