package org.xgradient.graph.architectures;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.network.Network;
import org.xgradient.graph.network.ParameterSpec;

/** What training programs put around the names of parameters. */
final class CheckpointNames {

  /** Wherever they stand: of a part that is trained on several devices, or compiled. */
  private static final Pattern WRAPPERS = Pattern.compile("(?<=^|\\.)((module|_orig_mod)\\.)+");

  private CheckpointNames() {}

  /** {@return the names of a network's parameters} */
  static ImmutableSet<String> of(Network network) {
    return network.parameters().stream()
        .map(ParameterSpec::name)
        .collect(ImmutableSet.toImmutableSet());
  }

  /**
   * Names arrays as a network would name them.
   *
   * @param network the network
   * @param arrays the arrays of a checkpoint by name
   * @return the arrays by their short names
   * @throws IllegalArgumentException if two have the same
   */
  static Map<String, FloatArray> shortened(Network network, Map<String, FloatArray> arrays) {
    Pattern holders = holders(network);
    Map<String, FloatArray> renamed = new LinkedHashMap<>();
    arrays.forEach(
        (name, array) -> {
          String key =
              holders
                  .matcher(WRAPPERS.matcher(name).replaceAll(""))
                  .replaceFirst("")
                  .replaceAll("_W$", ".weight")
                  .replaceAll("_b$", ".bias");
          checkArgument(
              renamed.put(key, array) == null, "there are two arrays for the name '%s'", key);
        });
    return renamed;
  }

  /** Under what a program holds the network, unless the network has a part of that name. */
  private static Pattern holders(Network network) {
    ImmutableSet<String> parts =
        of(network).stream()
            .map(name -> name.split("\\.", 2)[0])
            .collect(ImmutableSet.toImmutableSet());
    return Pattern.compile(
        ImmutableSet.of("model", "net").stream()
            .filter(holder -> !parts.contains(holder))
            .map(holder -> holder + "\\.")
            .collect(Collectors.joining("|", "^(", ")+")));
  }
}
