package org.xgradient.graph;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.LinkedHashMultimap;
import com.google.common.collect.SetMultimap;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
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
 * while somebody holds its old value. Operations that a step only waits for, without taking their
 * values, are not looked at.
 */
public final class VariableReads {

  private static final ImmutableSet<String> GATHERS =
      ImmutableSet.of("ResourceGather", "ResourceGatherNd");

  private final ImmutableList<Operand<?>> results;
  private final SetMultimap<GraphOperation, GraphOperation> inputs = LinkedHashMultimap.create();
  private final SetMultimap<GraphOperation, GraphOperation> consumers = LinkedHashMultimap.create();
  private final SetMultimap<String, GraphOperation> handles = LinkedHashMultimap.create();

  private VariableReads(ImmutableList<Operand<?>> results) {
    this.results = results;
    for (GraphOperation operation : GraphWalk.ancestors(results)) {
      if (operation.type().equals(VarHandleOp.OP_NAME)) {
        handles.put(sharedName(operation), operation);
      }
      for (int i = 0; i < operation.numInputs(); i++) {
        var input = (GraphOperation) operation.input(i).op();
        inputs.put(operation, input);
        consumers.put(input, operation);
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
   * Operations that run once nobody needs the present value of a variable any more; where that
   * can't be told, once all results are there.
   *
   * @param tf the operations of the graph
   * @param parameter the variable
   * @param gradient what the variable is updated by, one of the results; all that it is computed
   *     from is done by then without being waited for
   * @return what adds operations that wait
   */
  public Ops after(Ops tf, Parameter parameter, Operand<?> gradient) {
    var own = (GraphOperation) parameter.handle().asOutput().op();
    if (!own.type().equals(VarHandleOp.OP_NAME)) {
      return afterAll(tf);
    }
    Set<Operation> last = new LinkedHashSet<>();
    for (GraphOperation handle : handles.get(sharedName(own))) {
      for (GraphOperation reader : consumers.get(handle)) {
        last.add(reader);
        if (reader.type().equals("ReadVariableOp")) {
          addHolders(reader, last);
        } else if (!GATHERS.contains(reader.type())) {
          return afterAll(tf);
        }
      }
    }
    last.removeAll(ancestors((GraphOperation) gradient.asOutput().op()));
    return tf.withControlDependencyOps(new ArrayList<>(last));
  }

  private Ops afterAll(Ops tf) {
    return tf.withControlDependencyOps(results.stream().map(Operand::op).toList());
  }

  /** Those that take what was read, also in another shape, which is the same memory. */
  private void addHolders(GraphOperation value, Set<Operation> holders) {
    for (GraphOperation consumer : consumers.get(value)) {
      if (holders.add(consumer) && GraphWalk.isView(consumer)) {
        addHolders(consumer, holders);
      }
    }
  }

  private Set<GraphOperation> ancestors(GraphOperation operation) {
    Set<GraphOperation> found = new HashSet<>();
    Deque<GraphOperation> open = new ArrayDeque<>(List.of(operation));
    while (!open.isEmpty()) {
      GraphOperation next = open.pop();
      if (found.add(next)) {
        open.addAll(inputs.get(next));
      }
    }
    return found;
  }

  /** Handles share a variable by it. */
  private static String sharedName(GraphOperation handle) {
    return handle.attributes().getAttrString("shared_name");
  }
}
