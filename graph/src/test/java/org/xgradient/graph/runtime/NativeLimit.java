package org.xgradient.graph.runtime;

import org.bytedeco.javacpp.Pointer;
import org.xgradient.graph.GraphSession;

/** A program that prints how large JavaCPP lets it grow; {@link MachineMemoryTest} starts it. */
final class NativeLimit {

  private NativeLimit() {}

  public static void main(String[] arguments) {
    GraphSession.open().close();
    System.out.println(Pointer.maxPhysicalBytes());
  }
}
