package org.xgradient.graph.savedmodel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.OperationBuilder;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.index.Indices;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NameAttrList;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;
import org.xgradient.graph.graphdef.GraphDefs;
import org.xgradient.graph.graphdef.OpDefs;
import org.xgradient.graph.graphdef.TensorName;

/**
 * Recurrent layers as Keras exports them on a CPU ({@code backend.rnn}): the steps first, lists of
 * tensors, a {@code While} whose body takes the weights as loop variables, and behind it the steps
 * of the list put together. With a mask, a step that is masked repeats the output and keeps the
 * states of the one before; a layer that goes backwards reverses its inputs, and its mask.
 */
final class KerasRecurrence {

  private static final String LOOP = "keras_while";

  private final Cell cell;
  private final float[][] kernel;
  private final float[][] recurrent;
  private final float[] bias;

  private KerasRecurrence(Cell cell, float[][] kernel, float[][] recurrent, float[] bias) {
    this.cell = cell;
    this.kernel = kernel;
    this.recurrent = recurrent;
    this.bias = bias;
  }

  /** A layer with weights drawn within 1 of 0. */
  static KerasRecurrence drawn(Cell cell, int features, int units, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int width = cell.gates * units;
    return new KerasRecurrence(
        cell,
        drawn(random, features, width),
        drawn(random, units, width),
        drawn(random, 1, width)[0]);
  }

  static float[][] drawn(SplittableRandom random, int rows, int columns) {
    float[][] values = new float[rows][columns];
    for (float[] row : values) {
      for (int i = 0; i < columns; i++) {
        row[i] = (float) (2 * random.nextDouble() - 1);
      }
    }
    return values;
  }

  /** What is computed in a step; the gates in Keras' order. */
  enum Cell {
    LSTM(2, 4),
    GRU(1, 3);

    final int states;
    final int gates;

    Cell(int states, int gates) {
      this.states = states;
      this.gates = gates;
    }
  }

  int units() {
    return recurrent.length;
  }

  /**
   * All outputs of the layer, the steps first, in the order in which they were computed.
   *
   * @param inputs of shape {@code [rows, steps, features]}
   * @param mask of shape {@code [rows, steps]}, or null
   */
  Operand<TFloat32> outputs(
      Ops tf, Operand<TFloat32> inputs, @Nullable Operand<TBool> mask, boolean backwards) {
    Operand<TFloat32> steps = tf.linalg.transpose(inputs, tf.constant(new int[] {1, 0, 2}));
    Operand<TInt32> count = tf.stridedSlice(tf.shape(steps), Indices.at(0));
    Operand<TInt32> rows = tf.stridedSlice(tf.shape(inputs), Indices.at(0));
    var zeros = tf.fill(tf.stack(List.of(rows, tf.constant(units()))), tf.constant(0f));
    if (backwards) {
      steps = tf.reverse(steps, tf.constant(new int[] {0}));
    }
    Operand<TInt32> none = tf.constant(new int[] {-1, units()});
    List<Operand<?>> state = new ArrayList<>();
    state.add(tf.constant(0));
    state.add(tf.constant(-1));
    state.add(tf.constant(0));
    state.add(tf.tensorListReserve(none, count, TFloat32.class));
    if (mask != null) {
      state.add(tf.zerosLike(zeros));
    }
    for (int i = 0; i < cell.states; i++) {
      state.add(zeros);
    }
    state.add(count);
    state.add(tf.tensorListFromTensor(steps, tf.constant(new int[] {-1, kernel.length})));
    if (mask != null) {
      Operand<TBool> flags =
          tf.linalg.transpose(
              tf.expandDims(mask, tf.constant(-1)), tf.constant(new int[] {1, 0, 2}));
      if (backwards) {
        flags = tf.reverse(flags, tf.constant(new int[] {0}));
      }
      state.add(tf.tensorListFromTensor(flags, tf.constant(new int[] {-1, 1})));
    }
    state.add(tf.constant(kernel));
    state.add(tf.constant(recurrent));
    state.add(tf.constant(bias));
    OperationBuilder loop = tf.scope().opBuilder("IdentityN", LOOP);
    loop.addInputList(state.stream().map(Operand::asOutput).toArray(Output<?>[]::new));
    return tf.tensorListStack(handle(loop.build().output(3)), none, TFloat32.class);
  }

  /** Puts loops in the place of what stands for them in an exported model. */
  MetaGraphDef.Builder withLoops(MetaGraphDef.Builder meta) {
    var graph = meta.getGraphDefBuilder();
    for (NodeDef.Builder node : graph.getNodeBuilderList()) {
      if (node.getOp().equals("IdentityN") && node.getName().contains(LOOP)) {
        boolean masked = node.getInputCount() > 9 + cell.states;
        node.setOp("While")
            .putAttr("cond", called(name(masked, true)))
            .putAttr("body", called(name(masked, false)));
        for (boolean condition : new boolean[] {true, false}) {
          if (graph.getLibrary().getFunctionList().stream()
              .noneMatch(f -> f.getSignature().getName().equals(name(masked, condition)))) {
            graph.getLibraryBuilder().addFunction(function(masked, condition));
          }
        }
      }
    }
    return meta;
  }

  private static AttrValue called(String name) {
    return AttrValue.newBuilder().setFunc(NameAttrList.newBuilder().setName(name)).build();
  }

  private static String name(boolean masked, boolean condition) {
    return "while_" + (condition ? "cond" : "body") + (masked ? "_masked" : "");
  }

  /** The loop's condition or its body, over the same variables. */
  private FunctionDef function(boolean masked, boolean condition) {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Variables given = new Variables(tf);
      List<Operand<?>> results = results(tf, given, masked, condition);
      return given.function(name(masked, condition), graph.toGraphDef(), results);
    }
  }

  private List<Operand<?>> results(Ops tf, Variables given, boolean masked, boolean condition) {
    var counter = given.add(TInt32.class);
    var most = given.add(TInt32.class);
    var time = given.add(TInt32.class);
    Output<?> written = given.addList();
    Operand<TFloat32> before = masked ? given.add(TFloat32.class, -1, units()) : null;
    List<Operand<TFloat32>> states = new ArrayList<>();
    for (int i = 0; i < cell.states; i++) {
      states.add(given.add(TFloat32.class, -1, units()));
    }
    var count = given.add(TInt32.class);
    Output<?> read = given.addList();
    Output<?> flags = masked ? given.addList() : null;
    var w = given.add(TFloat32.class, kernel.length, kernel[0].length);
    var u = given.add(TFloat32.class, units(), kernel[0].length);
    var b = given.add(TFloat32.class, bias.length);
    if (condition) {
      return List.of(tf.math.less(time, count));
    }
    Operand<TFloat32> x =
        tf.tensorListGetItem(
            handle(read), time, tf.constant(new int[] {-1, kernel.length}), TFloat32.class);
    List<Operand<TFloat32>> next =
        cell == Cell.LSTM ? lstm(tf, x, states, w, u, b) : gru(tf, x, states, w, u, b);
    Operand<TFloat32> output = next.get(0);
    if (flags != null && before != null) {
      Operand<TBool> flag =
          tf.tensorListGetItem(handle(flags), time, tf.constant(new int[] {-1, 1}), TBool.class);
      Operand<TBool> tiled = tf.tile(flag, tf.constant(new int[] {1, units()}));
      output = tf.select(tiled, output, before);
      for (int i = 0; i < next.size(); i++) {
        next.set(i, tf.select(tiled, next.get(i), states.get(i)));
      }
    }
    var one = tf.constant(1);
    List<Operand<?>> results = new ArrayList<>();
    results.add(tf.identity(tf.math.add(counter, one)));
    results.add(tf.identity(most));
    results.add(tf.identity(tf.math.add(time, one)));
    results.add(identity(tf, tf.tensorListSetItem(handle(written), time, output).asOutput()));
    if (masked) {
      results.add(tf.identity(output));
    }
    next.forEach(state -> results.add(tf.identity(state)));
    results.add(tf.identity(count));
    results.add(identity(tf, read));
    if (flags != null) {
      results.add(identity(tf, flags));
    }
    for (Operand<TFloat32> weight : List.of(w, u, b)) {
      results.add(tf.identity(weight));
    }
    return results;
  }

  @SuppressWarnings("unchecked")
  private static Operand<TType> handle(Output<?> list) {
    return (Operand<TType>) list;
  }

  private static Output<?> identity(Ops tf, Output<?> list) {
    return tf.scope().opBuilder("Identity", "Identity").addInput(list).build().output(0);
  }

  /** Gates i, f, c, o. */
  private List<Operand<TFloat32>> lstm(
      Ops tf,
      Operand<TFloat32> x,
      List<Operand<TFloat32>> states,
      Operand<TFloat32> w,
      Operand<TFloat32> u,
      Operand<TFloat32> b) {
    var z =
        tf.nn.biasAdd(tf.math.add(tf.linalg.matMul(x, w), tf.linalg.matMul(states.get(0), u)), b);
    List<Output<TFloat32>> gates = tf.split(tf.constant(1), z, 4L).output();
    var c =
        tf.math.add(
            tf.math.mul(tf.math.sigmoid(gates.get(1)), states.get(1)),
            tf.math.mul(tf.math.sigmoid(gates.get(0)), tf.math.tanh(gates.get(2))));
    var h = tf.math.mul(tf.math.sigmoid(gates.get(3)), tf.math.tanh(c));
    return new ArrayList<>(List.of(h, c));
  }

  /** Gates z, r, h; the bias after the reset is left out, so that one form fits both of Keras'. */
  private List<Operand<TFloat32>> gru(
      Ops tf,
      Operand<TFloat32> x,
      List<Operand<TFloat32>> states,
      Operand<TFloat32> w,
      Operand<TFloat32> u,
      Operand<TFloat32> b) {
    Operand<TFloat32> before = states.get(0);
    List<Output<TFloat32>> of =
        tf.split(tf.constant(1), tf.nn.biasAdd(tf.linalg.matMul(x, w), b), 3L).output();
    List<Output<TFloat32>> inner =
        tf.split(tf.constant(1), tf.linalg.matMul(before, u), 3L).output();
    var z = tf.math.sigmoid(tf.math.add(of.get(0), inner.get(0)));
    var r = tf.math.sigmoid(tf.math.add(of.get(1), inner.get(1)));
    var candidate = tf.math.tanh(tf.math.add(of.get(2), tf.math.mul(r, inner.get(2))));
    var h =
        tf.math.add(
            tf.math.mul(z, before), tf.math.mul(tf.math.sub(tf.constant(1f), z), candidate));
    return new ArrayList<>(List.of(h));
  }

  /** The variables of a loop, in order. */
  private static final class Variables {

    private final Ops tf;
    private final FunctionDef.Builder function = FunctionDef.newBuilder();

    Variables(Ops tf) {
      this.tf = tf;
    }

    <T extends TType> Operand<T> add(Class<T> type, long... shape) {
      var added = tf.withName(next()).placeholder(type, Placeholder.shape(Shape.of(shape)));
      declare(added.asOutput().dataType());
      return added;
    }

    Output<?> addList() {
      Output<?> added =
          tf.scope()
              .opBuilder("Placeholder", next())
              .setAttr("dtype", DataType.DT_VARIANT)
              .setAttr("shape", Shape.scalar())
              .build()
              .output(0);
      declare(DataType.DT_VARIANT);
      return added;
    }

    private String next() {
      return "v" + function.getSignature().getInputArgCount();
    }

    private void declare(DataType type) {
      String name = next();
      function.getSignatureBuilder().addInputArgBuilder().setName(name).setType(type);
    }

    /** Operations as the nodes of a function, which name outputs by their arguments. */
    FunctionDef function(String name, GraphDef graph, List<Operand<?>> results) {
      function.getSignatureBuilder().setName(name);
      Map<TensorName, String> references = new HashMap<>();
      for (NodeDef node : graph.getNodeList()) {
        if (node.getOp().equals("Placeholder")) {
          references.put(TensorName.of(node.getName()), node.getName());
          continue;
        }
        int output = 0;
        for (OpDefs.Argument argument : OpDefs.outputs(node)) {
          for (int i = 0; i < argument.size(); i++) {
            references.put(
                new TensorName(node.getName(), output++),
                node.getName() + ":" + argument.name() + ":" + i);
          }
        }
      }
      for (NodeDef node : graph.getNodeList()) {
        if (!node.getOp().equals("Placeholder")) {
          NodeDef.Builder inner = node.toBuilder().clearInput();
          GraphDefs.inputs(node).forEach(input -> inner.addInput(references.get(input)));
          function.addNodeDef(inner);
        }
      }
      for (int i = 0; i < results.size(); i++) {
        Output<?> result = results.get(i).asOutput();
        function
            .getSignatureBuilder()
            .addOutputArgBuilder()
            .setName("out" + i)
            .setType(result.dataType());
        function.putRet(
            "out" + i, references.get(new TensorName(result.op().name(), result.index())));
      }
      return function.build();
    }
  }

  /**
   * The same in double precision by plain loops.
   *
   * @param inputs one row, of shape {@code [steps, features]}
   * @param mask of each step
   * @return the outputs in the order in which they are computed
   */
  double[][] plain(double[][] inputs, boolean[] mask, boolean backwards) {
    int steps = inputs.length;
    double[] h = new double[units()];
    double[] c = new double[units()];
    double[] output = new double[units()];
    double[][] outputs = new double[steps][];
    for (int t = 0; t < steps; t++) {
      int at = backwards ? steps - 1 - t : t;
      if (mask[at]) {
        double[] nextC = c.clone();
        h = cell == Cell.LSTM ? plainLstm(inputs[at], h, nextC) : plainGru(inputs[at], h);
        c = nextC;
        output = h;
      }
      outputs[t] = output;
    }
    return outputs;
  }

  private double[] plainLstm(double[] x, double[] h, double[] c) {
    double[] next = new double[units()];
    for (int k = 0; k < units(); k++) {
      double i = sigmoid(gate(x, k) + inner(h, k));
      double f = sigmoid(gate(x, units() + k) + inner(h, units() + k));
      double candidate = Math.tanh(gate(x, 2 * units() + k) + inner(h, 2 * units() + k));
      double o = sigmoid(gate(x, 3 * units() + k) + inner(h, 3 * units() + k));
      c[k] = f * c[k] + i * candidate;
      next[k] = o * Math.tanh(c[k]);
    }
    return next;
  }

  private double[] plainGru(double[] x, double[] h) {
    double[] next = new double[units()];
    for (int k = 0; k < units(); k++) {
      double z = sigmoid(gate(x, k) + inner(h, k));
      double r = sigmoid(gate(x, units() + k) + inner(h, units() + k));
      double candidate = Math.tanh(gate(x, 2 * units() + k) + r * inner(h, 2 * units() + k));
      next[k] = z * h[k] + (1 - z) * candidate;
    }
    return next;
  }

  private double gate(double[] x, int column) {
    double sum = bias[column];
    for (int i = 0; i < x.length; i++) {
      sum += x[i] * kernel[i][column];
    }
    return sum;
  }

  private double inner(double[] h, int column) {
    double sum = 0;
    for (int i = 0; i < h.length; i++) {
      sum += h[i] * recurrent[i][column];
    }
    return sum;
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
