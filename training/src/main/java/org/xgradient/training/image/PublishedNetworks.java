package org.xgradient.training.image;

import com.google.common.collect.ImmutableSortedMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.architectures.Networks;
import org.xgradient.graph.architectures.TorchvisionNetworks;
import org.xgradient.graph.architectures.Weights;
import org.xgradient.graph.network.Network;

/** Networks that weights are published for, by name. */
final class PublishedNetworks {

  private static final int[] DEPTHS = {18, 34, 50, 101, 152};
  private static final int CLASSES = 1000;
  private static final String VARIANT = "x-";
  private static final ImmutableSortedMap<String, IntFunction<Network>> NETWORKS = networks();

  private PublishedNetworks() {}

  private static ImmutableSortedMap<String, IntFunction<Network>> networks() {
    ImmutableSortedMap.Builder<String, IntFunction<Network>> networks =
        ImmutableSortedMap.naturalOrder();
    put(networks, "alexnet", Networks::alexNet);
    put(networks, "vgg16", Networks::vgg16);
    put(networks, "squeezenet", classes -> Networks.squeezeNet());
    put(networks, "squeezenet1_0", TorchvisionNetworks::squeezeNet10);
    put(networks, "squeezenet1_1", TorchvisionNetworks::squeezeNet11);
    for (int depth : DEPTHS) {
      put(networks, "resnet" + depth, classes -> TorchvisionNetworks.resNet(depth, classes));
      networks.put("fixup-resnet" + depth, classes -> Networks.fixupResNet(depth, classes));
      networks.put("x-fixup-resnet" + depth, classes -> Networks.xFixupResNet(depth, classes));
    }
    return networks.buildOrThrow();
  }

  private static void put(
      ImmutableSortedMap.Builder<String, IntFunction<Network>> networks,
      String name,
      IntFunction<Network> factory) {
    networks.put(name, factory);
    networks.put(VARIANT + name, classes -> factory.apply(classes).withoutBiases());
  }

  /** {@return the network of a name for a number of classes, if there is one} */
  static Optional<IntFunction<Network>> named(String name) {
    return Optional.ofNullable(NETWORKS.get(name));
  }

  /**
   * Finds out whose weights those are that don't fit a network.
   *
   * @param network the network, whose own X- variant or regular network is no answer
   * @param layout how the arrays are named and ordered
   * @param arrays the arrays by name
   * @return the name of the network whose parameters have these names
   */
  static Optional<String> ownerOf(Network network, Weights layout, Map<String, FloatArray> arrays) {
    return NETWORKS.entrySet().stream()
        .filter(entry -> !regular(entry.getKey()).equals(regular(network.name())))
        .filter(entry -> layout.areNamedAs(entry.getValue().apply(CLASSES), arrays))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private static String regular(String name) {
    return name.startsWith(VARIANT) ? name.substring(VARIANT.length()) : name;
  }
}
