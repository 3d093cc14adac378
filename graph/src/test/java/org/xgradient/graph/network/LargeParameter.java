package org.xgradient.graph.network;

import com.google.common.primitives.ImmutableIntArray;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.runtime.MachineMemoryTest;

/**
 * A program that builds a network with a parameter of 100 MB; {@link MachineMemoryTest} starts it.
 */
public final class LargeParameter {

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
