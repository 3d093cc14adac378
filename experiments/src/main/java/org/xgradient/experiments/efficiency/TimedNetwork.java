package org.xgradient.experiments.efficiency;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.primitives.ImmutableIntArray;
import java.util.List;
import java.util.stream.IntStream;
import org.xgradient.data.DataRandom;
import org.xgradient.data.Dataset;
import org.xgradient.data.FloatArray;
import org.xgradient.data.InMemoryDataset;
import org.xgradient.data.Seeds;
import org.xgradient.data.Task;
import org.xgradient.graph.architectures.Networks;
import org.xgradient.graph.network.Network;

/**
 * A network whose training steps are measured, on random data.
 *
 * @param name the name in tables
 * @param kind what it is
 * @param size for {@link Kind#MLP} the number of features, for {@link Kind#FIXUP_RESNET} the depth
 * @param hidden the widths of the hidden layers of the perceptron; empty for others
 * @param outputs the number of logits
 * @param batch the number of examples of a step, at least 1
 */
public record TimedNetwork(
    String name, Kind kind, int size, List<Integer> hidden, int outputs, int batch) {

  /** A kind of network. */
  public enum Kind {
    /** A multi-layer perceptron with ReLU. */
    MLP,
    /** A residual network with Fixup initialization, on images {@code [224, 224, 3]}. */
    FIXUP_RESNET
  }

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public TimedNetwork {
    hidden = List.copyOf(hidden);
    checkArgument(outputs >= 1, "\"outputs\" must be at least 1, found %s", outputs);
    checkArgument(batch >= 1, "\"batch\" must be at least 1, found %s", batch);
  }

  /**
   * The network.
   *
   * @param biases whether it has biases; the residual network without is the paper's X-variant
   * @return the network
   */
  Network network(boolean biases) {
    return switch (kind) {
      case MLP -> {
        Network mlp =
            Networks.mlp(size, outputs, hidden.stream().mapToInt(Integer::intValue).toArray());
        yield biases ? mlp : mlp.withoutBiases();
      }
      case FIXUP_RESNET ->
          biases ? Networks.fixupResNet(size, outputs) : Networks.xFixupResNet(size, outputs);
    };
  }

  /** Random inputs, standard normal, and random labels. */
  Dataset data(long seed) {
    ImmutableIntArray shape = network(true).inputShape();
    int[] rows = IntStream.concat(IntStream.of(batch), shape.stream()).toArray();
    FloatArray inputs = FloatArray.zeros(rows);
    var random = new DataRandom(Seeds.derive(seed, "timed inputs"));
    for (int i = 0; i < inputs.size(); i++) {
      inputs.values()[i] = (float) random.nextGaussian();
    }
    FloatArray labels = FloatArray.zeros(batch);
    for (int i = 0; i < batch; i++) {
      labels.values()[i] = i % Math.max(2, outputs);
    }
    return InMemoryDataset.of(
        inputs, labels, outputs == 1 ? Task.BINARY : Task.MULTICLASS, outputs);
  }
}
