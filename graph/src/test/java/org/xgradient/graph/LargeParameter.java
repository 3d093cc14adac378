package org.xgradient.graph;

import com.google.common.primitives.ImmutableIntArray;

/**
 * A program that builds a network with a parameter of 100 MB; {@link MachineMemoryTest} starts it.
 */
final class LargeParameter {

  private static final int WIDTH = 5000;

  private LargeParameter() {}

  public static void main(String[] arguments) {
    var network = new Network("large", ImmutableIntArray.of(WIDTH), Sequential.of(Dense.of(WIDTH)));
    try (GraphSession session = GraphSession.open()) {
      network.build(session, 1);
      System.out.println("built");
    }
  }
}
