package org.xgradient.graph.network;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * Several paths from the same inputs, one after another along the last dimension: the channels of
 * images. The parameters of all carry the name of this layer and those of their own layers, and
 * nothing for the path; but where the paths have layers of the same name, {@code branch0}, {@code
 * branch1} and so on stand between.
 *
 * @param branches the paths, at least one
 */
public record Concatenation(ImmutableList<Sequential> branches) implements Layer {

  /**
   * Checks that there is a path.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Concatenation {
    checkArgument(!branches.isEmpty(), "a concatenation needs at least one branch");
  }

  /**
   * Joins paths.
   *
   * @param branches the paths, at least one
   * @return the layer
   */
  public static Concatenation of(Sequential... branches) {
    return new Concatenation(ImmutableList.copyOf(branches));
  }

  @Override
  public ImmutableIntArray outputShape(ImmutableIntArray input) {
    ImmutableIntArray first = branches.get(0).outputShape(input);
    int last = first.length() - 1;
    int channels = 0;
    for (Sequential branch : branches) {
      ImmutableIntArray shape = branch.outputShape(input);
      checkArgument(
          shape.length() == first.length()
              && shape.subArray(0, last).equals(first.subArray(0, last)),
          "branches must give the same shape but for the last dimension, found %s and %s",
          first,
          shape);
      channels += shape.get(last);
    }
    return ImmutableIntArray.builder(last + 1)
        .addAll(first.subArray(0, last))
        .add(channels)
        .build();
  }

  @Override
  public ImmutableList<ParameterSpec> parameters(ImmutableIntArray input) {
    ImmutableList.Builder<ParameterSpec> parameters = ImmutableList.builder();
    for (int i = 0; i < branches.size(); i++) {
      parameters.addAll(branches.get(i).parametersIn(path(i), input));
    }
    return parameters.build();
  }

  @Override
  public Operand<TFloat32> apply(LayerScope scope, Operand<TFloat32> inputs) {
    var tf = scope.ops();
    List<Operand<TFloat32>> outputs = new ArrayList<>();
    for (int i = 0; i < branches.size(); i++) {
      outputs.add(branches.get(i).apply(scope.inner(path(i)), inputs));
    }
    int last = outputs.get(0).shape().numDimensions() - 1;
    // TensorFlow joins two or more.
    return outputs.size() == 1 ? outputs.get(0) : tf.concat(outputs, tf.constant(last));
  }

  /** {@return the name of a branch, empty where it is not needed} */
  private String path(int branch) {
    return Sequential.haveNamesInCommon(branches) ? "branch" + branch : "";
  }

  @Override
  public Concatenation withoutBiases() {
    return new Concatenation(
        branches.stream().map(Sequential::withoutBiases).collect(ImmutableList.toImmutableList()));
  }
}
