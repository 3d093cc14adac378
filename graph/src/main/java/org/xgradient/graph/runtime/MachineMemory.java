package org.xgradient.graph.runtime;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** The memory of this machine, or of the container that this process is in. */
public final class MachineMemory {

  /** What JavaCPP, by which TensorFlow Java calls native code, reads its limit from. */
  static final String JAVACPP_LIMIT = "org.bytedeco.javacpp.maxPhysicalBytes";

  private MachineMemory() {}

  /** {@return the bytes} */
  public static long totalBytes() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
  }

  /**
   * Lets native code take what the machine has. JavaCPP refuses to allocate once the process is
   * larger than four times the greatest Java heap, which says nothing of tensors: they are not on
   * it. A limit that the user set stays. Without effect once JavaCPP allocates.
   */
  static void openToNativeCode() {
    if (System.getProperty(JAVACPP_LIMIT) == null) {
      System.setProperty(JAVACPP_LIMIT, Long.toString(totalBytes()));
    }
  }
}
