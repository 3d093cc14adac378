package org.xgradient.graph.savedmodel;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableMap;
import java.util.Map;
import java.util.Optional;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.BoundModel;
import org.xgradient.graph.GivenValues;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Model;
import org.xgradient.graph.ModelInput;
import org.xgradient.graph.ParsedFeature;
import org.xgradient.graph.rows.RowIndependence;
import org.xgradient.graph.rows.RowIndependence.Proven;

/**
 * A model from a SavedModel, with the graph and the session that it came in.
 *
 * <p>The inputs of {@link #model()} are what is explained: the input of the signature if it has one
 * of floats; else several inputs side by side, or the tensors behind them from which the output can
 * be differentiated ({@link #parts()}). {@link #examples} makes them of what a caller has.
 */
public final class LoadedModel implements BoundModel, AutoCloseable {

  private final GraphSession session;
  private final Model model;
  private final ImmutableList<ModelInput> inputs;
  private final ImmutableListMultimap<String, ParsedFeature> features;
  private final ExplainedSource source;
  private final WholeModel whole;
  private final ModelOutput output;
  private final ImmutableList<String> notes;

  LoadedModel(
      GraphSession session,
      Model model,
      ImmutableList<ModelInput> inputs,
      ImmutableListMultimap<String, ParsedFeature> features,
      ExplainedSource source,
      WholeModel whole,
      ModelOutput output,
      ImmutableList<String> notes) {
    this.session = session;
    this.model = model;
    this.inputs = inputs;
    this.features = features;
    this.source = source;
    this.whole = whole;
    this.output = output;
    this.notes = notes;
  }

  /** {@return the session; closed with this} */
  @Override
  public GraphSession session() {
    return session;
  }

  /** {@return the model, which can be applied to any operand} */
  @Override
  public Model model() {
    return model;
  }

  /** {@return the inputs of the signature, in the order of their names} */
  @Override
  public ImmutableList<ModelInput> inputs() {
    return inputs;
  }

  /**
   * What the model takes out of an input of serialized {@code tf.Example}s, which {@link
   * SerializedExamples} makes of the values of these.
   *
   * @param input the name of an input
   * @return the features; none if the input is not parsed
   */
  public ImmutableList<ParsedFeature> features(String input) {
    return features.get(input);
  }

  /** {@return the tensors that are explained, in the order of their values in an example} */
  public ImmutableList<ExplainedPart> parts() {
    return source.parts();
  }

  /** {@return the output of the signature that is taken} */
  public ModelOutput output() {
    return output;
  }

  /** {@return what was found and done in loading, one sentence each, for the user} */
  public ImmutableList<String> notes() {
    return notes;
  }

  @Override
  public boolean hasFixedInputs() {
    return source.hasFixedInputs();
  }

  @Override
  public Optional<GivenValues> given() {
    return source.given();
  }

  /**
   * Another model of the same explained values, such as this one without its biases.
   *
   * @param other a model of the same graph
   * @return a handle of it that borrows this one's session and takes the same inputs
   * @throws IllegalArgumentException if it takes other values
   */
  public BoundModel withModel(Model other) {
    checkArgument(
        other.inputShape().equals(model.inputShape()) && session.owns(other.ops()),
        "the model must take values of shape %s in the same graph, found %s",
        model.inputShape(),
        other.inputShape());
    return new Behind(this, other);
  }

  /** A model behind what is computed for another. */
  private record Behind(LoadedModel loaded, Model model) implements BoundModel {
    @Override
    public GraphSession session() {
      return loaded.session();
    }

    @Override
    public ImmutableList<ModelInput> inputs() {
      return loaded.inputs();
    }

    @Override
    public boolean hasFixedInputs() {
      return loaded.hasFixedInputs();
    }

    @Override
    public Optional<GivenValues> given() {
      return loaded.given();
    }
  }

  /**
   * Makes examples of the values of the inputs: what lies before the explained tensors is computed.
   *
   * @param values the values of each input by its name, of shape {@code [rows, ...]}; those of
   *     unused inputs are not looked at
   * @return the examples
   * @throws IllegalArgumentException if an input is missing or of another shape or kind, there is
   *     no row, or the graph can't take the values; the message names the input
   */
  public Examples examples(Map<String, InputValues> values) {
    return source.examples(values, model.fixedBatch());
  }

  /**
   * Makes examples of the values of the only input.
   *
   * @param values the values, of shape {@code [rows, ...]}
   * @return the examples
   * @throws IllegalArgumentException if there are several inputs, and as {@link #examples(Map)}
   *     does
   */
  public Examples examples(InputValues values) {
    ImmutableList<ModelInput> used =
        inputs.stream()
            .filter(input -> input.role() != ModelInput.Role.UNUSED)
            .collect(ImmutableList.toImmutableList());
    checkArgument(
        used.size() == 1,
        "the model has the inputs %s; give the values of each by its name",
        used.stream().map(ModelInput::name).toList());
    return examples(ImmutableMap.of(used.get(0).name(), values));
  }

  /**
   * Computes the logits.
   *
   * @param examples the examples
   * @return the logits, of shape {@code [rows, outputs]}
   * @throws org.tensorflow.exceptions.TensorFlowException if an operation fails on them
   */
  public FloatArray logits(Examples examples) {
    return ExampleRuns.logits(this, examples);
  }

  /**
   * Computes the logits from what is given: this needs no tensor that could be explained.
   *
   * @param values the values of each input by its name, of shape {@code [rows, ...]}; those of
   *     unused inputs are not looked at
   * @return the logits, of shape {@code [rows, outputs]}
   * @throws IllegalArgumentException if an input is missing or of another shape or kind, there is
   *     no row, or rows give another number of logits than blank ones
   * @throws org.tensorflow.exceptions.TensorFlowException if an operation fails on them
   */
  public FloatArray logits(Map<String, InputValues> values) {
    return whole.logits(values);
  }

  /**
   * Tries whether the logits of rows depend on the rows beside them, where they are not proven to
   * stay apart.
   *
   * @param values the values of each input by its name, of shape {@code [rows, ...]}
   * @return where a logit differs, on one line; empty if none does
   * @throws IllegalArgumentException if an input is missing or of another shape or kind
   */
  public Optional<String> mixing(Map<String, InputValues> values) {
    return RowIndependence.of(this) instanceof Proven ? Optional.empty() : whole.mixing(values);
  }

  /** Closes the session. */
  @Override
  public void close() {
    session.close();
  }
}
