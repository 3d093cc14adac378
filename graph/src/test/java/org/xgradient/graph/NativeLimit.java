package org.xgradient.graph;

import org.bytedeco.javacpp.Pointer;

/** A program that prints how large JavaCPP lets it grow; {@link MachineMemoryTest} starts it. */
final class NativeLimit {

  private NativeLimit() {}

  public static void main(String[] arguments) {
    GraphSession.open().close();
    System.out.println(Pointer.maxPhysicalBytes());
  }
}
