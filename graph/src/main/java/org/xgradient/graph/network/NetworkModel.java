package org.xgradient.graph.network;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableIntArray;
import java.util.Map;
import org.apache.commons.math3.random.MersenneTwister;
import org.apache.commons.math3.random.RandomAdaptor;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.BoundModel;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Mode;
import org.xgradient.graph.Model;
import org.xgradient.graph.Parameter;

/** A network built into a graph. */
public final class NetworkModel implements Model, BoundModel {

  private final Network network;
  private final GraphSession session;
  private final Ops ops;
  private final ImmutableMap<String, Parameter> parameters;

  private NetworkModel(
      Network network, GraphSession session, ImmutableMap<String, Parameter> parameters) {
    this.network = network;
    this.session = session;
    this.ops = session.ops();
    this.parameters = parameters;
  }

  /**
   * Adds the parameters of a network to a graph, without values: enough to look at the graph.
   *
   * @param network the description
   * @param session the graph and its session, borrowed
   * @return the model
   */
  public static NetworkModel create(Network network, GraphSession session) {
    Ops ops = session.ops();
    ImmutableMap.Builder<String, Parameter> parameters = ImmutableMap.builder();
    for (ParameterSpec spec : network.parameters()) {
      parameters.put(spec.name(), Parameter.create(ops, spec.name(), spec.role(), spec.shape()));
    }
    return new NetworkModel(network, session, parameters.buildOrThrow());
  }

  /** {@return the description} */
  public Network network() {
    return network;
  }

  @Override
  public GraphSession session() {
    return session;
  }

  /** {@return this} */
  @Override
  public NetworkModel model() {
    return this;
  }

  @Override
  public Ops ops() {
    return ops;
  }

  @Override
  public ImmutableIntArray inputShape() {
    return network.inputShape();
  }

  @Override
  public int outputs() {
    return network.outputs();
  }

  @Override
  public ImmutableList<Parameter> parameters() {
    return parameters.values().asList();
  }

  /**
   * Gives every parameter the initial value that its layer describes.
   *
   * @param seed the seed
   */
  public void initialize(long seed) {
    int position = 0;
    for (ParameterSpec spec : network.parameters()) {
      int[] key = {(int) (seed >>> 32), (int) seed, position++};
      var random = new RandomAdaptor(new MersenneTwister(key));
      spec.initialize(parameter(spec.name()), session, random);
    }
  }

  /**
   * Gives parameters values.
   *
   * @param weights values by the name of the parameter
   * @throws IllegalArgumentException if there is no such parameter, or its shape is another
   */
  public void assign(Map<String, FloatArray> weights) {
    weights.forEach((name, values) -> parameter(name).assign(session, values));
  }

  private Parameter parameter(String name) {
    Parameter parameter = parameters.get(name);
    checkArgument(
        parameter != null,
        "%s has no parameter '%s'; it has %s",
        network.name(),
        name,
        parameters.keySet());
    return parameter;
  }

  @Override
  public Operand<TFloat32> logits(Operand<TFloat32> inputs, Mode mode) {
    Ops scope = ops.withSubScope(network.name());
    return network.layers().apply(new Scope(scope, mode, ""), inputs);
  }

  /** The scope of one layer in one forward pass. */
  private final class Scope implements LayerScope {
    private final Ops tf;
    private final Mode mode;
    private final String path;

    Scope(Ops tf, Mode mode, String path) {
      this.tf = tf;
      this.mode = mode;
      this.path = path;
    }

    @Override
    public Ops ops() {
      return tf;
    }

    @Override
    public Mode mode() {
      return mode;
    }

    @Override
    public String path() {
      return path;
    }

    @Override
    public Operand<TFloat32> parameter(String name) {
      return NetworkModel.this.parameter(ParameterSpec.path(path, name)).value();
    }

    @Override
    public LayerScope inner(String name) {
      if (name.isEmpty()) {
        return this;
      }
      return new Scope(tf.withSubScope(name), mode, ParameterSpec.path(path, name));
    }
  }
}
