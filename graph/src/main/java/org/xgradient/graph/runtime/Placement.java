package org.xgradient.graph.runtime;

import static com.google.common.base.Preconditions.checkArgument;

/** On which device a session computes. */
public sealed interface Placement {

  /** {@return on a GPU where TensorFlow sees one, and on the CPU where it doesn't} */
  static Placement automatic() {
    return new Automatic();
  }

  /** {@return on the CPU, whatever else there is} */
  static Placement cpu() {
    return new Cpu();
  }

  /**
   * On one GPU, and on the CPU what has no implementation for GPUs. A session refuses to open where
   * TensorFlow doesn't see that GPU. TensorFlow settles the GPUs of a process when the first
   * session opens; give all sessions of a process the same.
   *
   * @param index the number of the GPU, from 0
   * @return the placement
   * @throws IllegalArgumentException if the number is negative
   */
  static Placement gpu(int index) {
    return new Gpu(index);
  }

  /** Wherever TensorFlow likes. */
  record Automatic() implements Placement {}

  /** On the CPU. */
  record Cpu() implements Placement {}

  /**
   * On one GPU.
   *
   * @param index the number of the GPU, from 0
   */
  record Gpu(int index) implements Placement {

    /**
     * Checks the number.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public Gpu {
      checkArgument(index >= 0, "the number of a GPU must be at least 0, found %s", index);
    }
  }
}
