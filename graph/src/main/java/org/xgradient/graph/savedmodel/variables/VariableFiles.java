package org.xgradient.graph.savedmodel.variables;

import com.google.common.collect.ImmutableMap;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.train.Restore;
import org.tensorflow.proto.SaverDef;
import org.tensorflow.types.TString;
import org.tensorflow.types.family.TType;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.runtime.GraphScope;

/**
 * The variables of a SavedModel in TensorFlow's checkpoint format: each under the name of its
 * handle.
 */
public final class VariableFiles {

  private VariableFiles() {}

  /**
   * Adds the operations by which a loaded SavedModel restores its variables, and could save them.
   *
   * @param graph the graph to be exported
   * @param variables the names of the handles
   * @return what names the operations
   */
  public static SaverDef addSaver(Graph graph, List<String> variables) {
    Ops tf = GraphScope.ops(graph).withSubScope("saver");
    var file = tf.withName("file").placeholder(TString.class);
    var names = tf.constant(NdArrays.vectorOfObjects(variables.toArray(String[]::new)));
    var wholes = wholes(tf, variables.size());
    List<Operand<?>> values =
        variables.stream().<Operand<?>>map(name -> read(graph, name)).toList();

    Op save = tf.train.save(file, names, wholes, values);
    var saved = tf.withControlDependencies(List.of(save)).withName("saved").identity(file);

    List<Class<? extends TType>> types = new ArrayList<>();
    values.forEach(value -> types.add(value.asOutput().type()));
    Restore restored = tf.train.restore(file, names, wholes, types);
    List<Op> assigned = new ArrayList<>();
    for (int i = 0; i < variables.size(); i++) {
      var handle = graph.operationOrThrow(variables.get(i)).output(0);
      assigned.add(tf.assignVariableOp(handle, restored.tensors().get(i)));
    }
    Op restore = tf.withControlDependencies(assigned).withName("restore").noOp();

    return SaverDef.newBuilder()
        .setFilenameTensorName(file.op().name() + ":0")
        .setSaveTensorName(saved.op().name() + ":0")
        .setRestoreOpName(restore.op().name())
        .setVersion(SaverDef.CheckpointFormatVersion.V2)
        .build();
  }

  /**
   * Writes the values of variables.
   *
   * @param session where the values are
   * @param variables the names of the handles
   * @param prefix what the names of the files begin with
   */
  public static void save(GraphSession session, List<String> variables, Path prefix) {
    Graph graph = (Graph) session.ops().scope().env();
    // In a graph of its own: any operation added to the user's would slow down its next run.
    try (GraphSession writer = GraphSession.open()) {
      Ops tf = writer.ops();
      ImmutableMap.Builder<Operand<?>, Operand<?>> values = ImmutableMap.builder();
      for (String variable : variables) {
        Output<?> value = read(graph, variable);
        values.put(tf.placeholder(value.type()), value);
      }
      ImmutableMap<Operand<?>, Operand<?>> fed = values.buildOrThrow();
      var file = tf.constant(prefix.toString());
      var names = tf.constant(NdArrays.vectorOfObjects(variables.toArray(String[]::new)));
      Op save = tf.train.save(file, names, wholes(tf, variables.size()), fed.keySet());
      writer.runOn(session, fed, save);
    }
  }

  /** No slices: each variable as a whole. */
  private static Operand<TString> wholes(Ops tf, int count) {
    String[] wholes = new String[count];
    Arrays.fill(wholes, "");
    return tf.constant(NdArrays.vectorOfObjects(wholes));
  }

  private static Output<?> read(Graph graph, String variable) {
    GraphOperation handle = graph.operationOrThrow(variable);
    for (GraphOperation consumer : handle.consumers(0)) {
      if (consumer.type().equals("ReadVariableOp")) {
        return consumer.output(0);
      }
    }
    throw new IllegalArgumentException(variable + " is a variable that no operation reads");
  }
}
