package org.xgradient.graph.embedding;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.math3.random.MersenneTwister;
import org.apache.commons.math3.random.RandomAdaptor;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.BoundModel;
import org.xgradient.graph.ForwardPass;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Mode;
import org.xgradient.graph.Model;
import org.xgradient.graph.ModelInput;
import org.xgradient.graph.Parameter;
import org.xgradient.graph.network.NetworkModel;

/**
 * A network of texts built into a graph.
 *
 * <p>It takes the numbers of words, of shape {@code [batch, steps]}, whole numbers that are given
 * as floats, {@link EmbeddedNetwork#PADDING} behind the last. The inputs of its forward passes are
 * the gathered embeddings, of shape {@code [batch, steps, dimension]}: zero where nothing or a
 * blank stands. Along paths of those embeddings the same places are there as in the text.
 */
public final class EmbeddedModel implements Model, BoundModel {

  private final EmbeddedNetwork network;
  private final NetworkModel body;
  private final Parameter table;

  private EmbeddedModel(EmbeddedNetwork network, NetworkModel body, Parameter table) {
    this.network = network;
    this.body = body;
    this.table = table;
  }

  /**
   * Adds the parameters of a network to a graph, without values.
   *
   * @param network the description
   * @param session the graph and its session, borrowed
   * @return the model
   */
  public static EmbeddedModel create(EmbeddedNetwork network, GraphSession session) {
    var spec = network.table();
    var table = Parameter.create(session.ops(), spec.name(), spec.role(), spec.shape());
    return new EmbeddedModel(network, NetworkModel.create(network.body(), session), table);
  }

  /**
   * Gives every parameter its initial value.
   *
   * @param seed the seed
   */
  public void initialize(long seed) {
    body.initialize(seed);
    int[] key = {(int) (seed >>> 32), (int) seed, -1};
    network.table().initialize(table, session(), new RandomAdaptor(new MersenneTwister(key)));
  }

  /**
   * Gives every parameter a value.
   *
   * @param weights values by the name of the parameter
   * @throws IllegalArgumentException if the names are not those of the parameters, or a shape is
   *     another
   */
  public void assign(Map<String, FloatArray> weights) {
    Set<String> names = new TreeSet<>();
    parameters().forEach(parameter -> names.add(parameter.name()));
    checkArgument(
        names.equals(weights.keySet()),
        "%s needs weights for %s, found %s",
        network.name(),
        names,
        weights.keySet());
    for (Parameter parameter : parameters()) {
      FloatArray values = weights.get(parameter.name());
      if (values != null) {
        parameter.assign(session(), values);
      }
    }
  }

  /** {@return the description} */
  public EmbeddedNetwork network() {
    return network;
  }

  @Override
  public GraphSession session() {
    return body.session();
  }

  /** {@return this} */
  @Override
  public EmbeddedModel model() {
    return this;
  }

  /** {@return the numbers of words, from which the explained embeddings are gathered} */
  @Override
  public ImmutableList<ModelInput> inputs() {
    return ImmutableList.of(
        new ModelInput("tokens", ModelInput.Kind.INTEGERS, inputShape(), ModelInput.Role.SOURCE));
  }

  @Override
  public Ops ops() {
    return body.ops();
  }

  /** {@return {@code [steps]}} */
  @Override
  public ImmutableIntArray inputShape() {
    return ImmutableIntArray.of(network.steps());
  }

  @Override
  public int outputs() {
    return network.outputs();
  }

  @Override
  public ImmutableList<Parameter> parameters() {
    return ImmutableList.<Parameter>builder().add(table).addAll(body.parameters()).build();
  }

  @Override
  public Operand<TFloat32> logits(Operand<TFloat32> inputs, Mode mode) {
    return forward(inputs, mode).logits();
  }

  /**
   * Adds a forward pass that explains the embeddings.
   *
   * @param inputs the numbers of words, of shape {@code [batch, steps]}
   * @param mode how dropout is treated
   * @return the pass, whose inputs are the embeddings, of shape {@code [batch, steps, dimension]},
   *     and whose model goes on from them
   */
  @Override
  public ForwardPass forward(Operand<TFloat32> inputs, Mode mode) {
    var tf = ops().withSubScope("embedding");
    Operand<TInt32> tokens = tf.dtypes.cast(inputs, TInt32.class);
    Operand<TFloat32> present = above(tf, tokens, EmbeddedNetwork.PADDING);
    var spoken = tf.expandDims(above(tf, tokens, EmbeddedNetwork.BLANK), tf.constant(-1));
    var gathered = tf.gather(table.value(), tokens, tf.constant(0));
    var embeddings = tf.math.mul(gathered, spoken);
    return new EmbeddedTexts(this, body, tokens, present).forward(embeddings, mode);
  }

  private static Operand<TFloat32> above(Ops tf, Operand<TInt32> tokens, int number) {
    return tf.dtypes.cast(tf.math.greater(tokens, tf.constant(number)), TFloat32.class);
  }
}
