package org.xgradient.graph.network;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * Two paths from the same inputs, added (He et al. 2016). The parameters of both carry the name of
 * this layer and those of their own layers, and nothing for the path; but where the paths have
 * layers of the same name, {@code main} or {@code shortcut} stands between.
 *
 * @param main the one path
 * @param shortcut the other path; an empty sequence for the inputs themselves
 */
public record Residual(Sequential main, Sequential shortcut) implements Layer {

  /**
   * The inputs added to the outputs of layers.
   *
   * @param main the layers
   * @return the layer
   */
  public static Residual of(Sequential main) {
    return new Residual(main, Sequential.of());
  }

  @Override
  public ImmutableIntArray outputShape(ImmutableIntArray input) {
    ImmutableIntArray output = main.outputShape(input);
    ImmutableIntArray other = shortcut.outputShape(input);
    checkArgument(
        output.equals(other),
        "the shortcut must give the shape of the main path, %s, found %s",
        output,
        other);
    return output;
  }

  @Override
  public ImmutableList<ParameterSpec> parameters(ImmutableIntArray input) {
    return ImmutableList.<ParameterSpec>builder()
        .addAll(main.parametersIn(path("main"), input))
        .addAll(shortcut.parametersIn(path("shortcut"), input))
        .build();
  }

  @Override
  public Operand<TFloat32> apply(LayerScope scope, Operand<TFloat32> inputs) {
    return scope
        .ops()
        .math
        .add(
            main.apply(scope.inner(path("main")), inputs),
            shortcut.apply(scope.inner(path("shortcut")), inputs));
  }

  /** {@return the name of a path, empty where it is not needed} */
  private String path(String name) {
    return Sequential.haveNamesInCommon(ImmutableList.of(main, shortcut)) ? name : "";
  }

  @Override
  public Residual withoutBiases() {
    return new Residual(main.withoutBiases(), shortcut.withoutBiases());
  }
}
