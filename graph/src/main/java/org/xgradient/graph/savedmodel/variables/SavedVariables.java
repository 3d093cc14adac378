package org.xgradient.graph.savedmodel.variables;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.ByteDataBuffer;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorShapeProto;
import org.tensorflow.types.TBfloat16;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat16;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TUint8;
import org.tensorflow.types.family.TType;
import org.xgradient.data.DataException;
import org.xgradient.graph.Feeds;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.graphdef.GraphDefs;
import org.xgradient.graph.graphdef.GraphFunction;
import org.xgradient.graph.graphdef.RestoredVariables;
import org.xgradient.graph.graphdef.TensorName;
import org.xgradient.graph.savedmodel.files.ModelFiles;
import org.xgradient.graph.savedmodel.files.TensorBundle;
import org.xgradient.graph.savedmodel.files.TensorBundle.Bytes;
import org.xgradient.graph.savedmodel.files.TensorBundle.Saved;

/**
 * The variables that a graph reads, and their values in the files of its SavedModel. TensorFlow
 * reads no file: the bytes are read, checked and fed.
 */
public final class SavedVariables {

  private static final String HANDLE = "VarHandleOp";

  /** A name that TensorFlow takes. */
  private static final Pattern LEGAL = Pattern.compile("[A-Za-z0-9.][A-Za-z0-9_.\\\\/>-]*");

  private static final int BUFFER_BYTES = 1 << 20;

  private static final ImmutableMap<DataType, Class<? extends TType>> TYPES =
      ImmutableMap.of(
          DataType.DT_FLOAT, TFloat32.class,
          DataType.DT_DOUBLE, TFloat64.class,
          DataType.DT_HALF, TFloat16.class,
          DataType.DT_BFLOAT16, TBfloat16.class,
          DataType.DT_INT32, TInt32.class,
          DataType.DT_INT64, TInt64.class,
          DataType.DT_UINT8, TUint8.class,
          DataType.DT_BOOL, TBool.class);

  private final ImmutableList<NodeDef> handles;
  private final ImmutableMap<String, String> keys;

  private SavedVariables(ImmutableList<NodeDef> handles, ImmutableMap<String, String> keys) {
    this.handles = handles;
    this.keys = keys;
  }

  /**
   * Looks at a graph.
   *
   * @param meta the SavedModel
   * @param graph the part of its graph that is taken, with resources for variables
   */
  public static SavedVariables of(MetaGraphDef meta, GraphDef graph) {
    return new SavedVariables(
        graph.getNodeList().stream()
            .filter(node -> node.getOp().equals(HANDLE))
            .collect(ImmutableList.toImmutableList()),
        RestoredVariables.of(meta));
  }

  /**
   * Adds the handles under their own names, so that a variable that is added later, to train for
   * instance, gets another.
   */
  public void addHandles(GraphSession session) {
    GraphDef.Builder named = GraphDef.newBuilder();
    handles.stream()
        .filter(handle -> LEGAL.matcher(handle.getName()).matches())
        .forEach(named::addNode);
    if (named.getNodeCount() > 0) {
      ((Graph) session.ops().scope().env()).importGraphDef(named.build());
    }
  }

  /**
   * Gives the variables their values.
   *
   * @param files the files
   * @param scope where to add what assigns
   * @param session the session
   * @param function what was made of the graph
   * @throws org.xgradient.data.DataException if a value is missing or damaged
   */
  public void restore(ModelFiles files, Ops scope, GraphSession session, GraphFunction function) {
    if (handles.isEmpty()) {
      return;
    }
    TensorBundle checkpoint = TensorBundle.open(files);
    Map<String, List<NodeDef>> byKey = new LinkedHashMap<>();
    for (NodeDef handle : handles) {
      byKey.computeIfAbsent(key(handle), unused -> new ArrayList<>()).add(handle);
    }
    Map<String, Assignment<?>> assignments = new HashMap<>();
    byKey.forEach(
        (key, sharing) ->
            assignments.put(key, Assignment.add(scope, checkpoint.saved(key), sharing, function)));
    checkpoint.read(
        ImmutableSet.copyOf(byKey.keySet()),
        (saved, bytes) -> requireNonNull(assignments.get(saved.key())).run(session, bytes));
  }

  /** Without operations that restore it, a variable has its own name in the files. */
  private String key(NodeDef handle) {
    String resource = RestoredVariables.resource(handle);
    return keys.getOrDefault(resource, resource);
  }

  /** What gives a value to all handles of one variable. */
  private record Assignment<T extends TType>(
      Operand<T> value, Class<T> type, Shape shape, ImmutableList<Op> targets) {

    static Assignment<?> add(Ops tf, Saved saved, List<NodeDef> handles, GraphFunction function) {
      Class<? extends TType> type = TYPES.get(saved.type());
      if (type == null) {
        throw new DataException(
            "variable '%s' must be of numbers, found %s".formatted(saved.key(), saved.type()));
      }
      handles.forEach(handle -> check(handle, saved));
      return add(tf, type, saved, handles, function);
    }

    private static <T extends TType> Assignment<T> add(
        Ops tf, Class<T> type, Saved saved, List<NodeDef> handles, GraphFunction function) {
      Operand<T> value = tf.placeholder(type);
      ImmutableList<Op> targets =
          handles.stream()
              .map(handle -> function.constant(TensorName.of(handle.getName())))
              .distinct()
              .<Op>map(handle -> tf.assignVariableOp(handle, value))
              .collect(ImmutableList.toImmutableList());
      return new Assignment<>(value, type, shape(saved.shape()), targets);
    }

    /** TensorFlow would give a variable a value of another shape than it says it has. */
    private static void check(NodeDef handle, Saved saved) {
      DataType type = GraphDefs.attribute(handle, "dtype").getType();
      TensorShapeProto declared = GraphDefs.attribute(handle, "shape").getShape();
      boolean open =
          declared.getUnknownRank()
              || declared.getDimList().stream().anyMatch(dimension -> dimension.getSize() < 0);
      if (type != saved.type() || !(open || shape(declared).equals(shape(saved.shape())))) {
        throw new DataException(
            "variable '%s' must be of type %s and shape %s, found %s and %s in the files"
                .formatted(saved.key(), type, shape(declared), saved.type(), shape(saved.shape())));
      }
    }

    private static Shape shape(TensorShapeProto shape) {
      return Shape.of(
          shape.getDimList().stream().mapToLong(TensorShapeProto.Dim::getSize).toArray());
    }

    void run(GraphSession session, Bytes bytes) {
      Feeds feeds = Feeds.none().withBytes(value, type, shape, buffer -> copy(bytes, buffer));
      session.run(feeds, List.of(), targets);
    }

    private static void copy(Bytes from, ByteDataBuffer to) {
      byte[] buffer = new byte[(int) Math.min(Math.max(to.size(), 1), BUFFER_BYTES)];
      long position = 0;
      for (int read = from.read(buffer); read > 0; read = from.read(buffer)) {
        to.offset(position).write(buffer, 0, read);
        position += read;
      }
    }
  }
}
