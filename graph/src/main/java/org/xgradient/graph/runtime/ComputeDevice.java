package org.xgradient.graph.runtime;

import com.google.common.collect.ImmutableList;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.tensorflow.internal.c_api.TF_DeviceList;
import org.tensorflow.internal.c_api.TF_Graph;
import org.tensorflow.internal.c_api.TF_Session;
import org.tensorflow.internal.c_api.TF_SessionOptions;
import org.tensorflow.internal.c_api.TF_Status;
import org.tensorflow.internal.c_api.global.tensorflow;
import org.tensorflow.proto.ConfigProto;

/**
 * A device that TensorFlow computes on.
 *
 * @param name TensorFlow's name for it, such as {@code /device:CPU:0}
 * @param type {@code CPU} or {@code GPU}
 * @param memoryBytes how much memory TensorFlow may use there; for a CPU TensorFlow names a figure
 *     without a meaning
 */
public record ComputeDevice(String name, String type, long memoryBytes) {

  static final String GPU = "GPU";

  /** {@return whether this is a GPU} */
  public boolean isGpu() {
    return type.equals(GPU);
  }

  /** {@return the devices of a session with some options, which is opened and closed for that} */
  @SuppressWarnings("try") // The scope collects what is made inside, and frees it.
  static ImmutableList<ComputeDevice> of(ConfigProto config) {
    NativeTensorFlow.require();
    try (PointerScope scope = new PointerScope()) {
      TF_Status status = TF_Status.newStatus();
      TF_SessionOptions options = TF_SessionOptions.newSessionOptions();
      BytePointer proto = new BytePointer(config.toByteArray());
      tensorflow.TF_SetConfig(options, proto, proto.capacity(), status);
      status.throwExceptionIfNotOK();
      TF_Session session = TF_Session.newSession(TF_Graph.newGraph(), options, status);
      status.throwExceptionIfNotOK();
      return read(session, status);
    }
  }

  private static ImmutableList<ComputeDevice> read(TF_Session session, TF_Status status) {
    TF_DeviceList list = tensorflow.TF_SessionListDevices(session, status);
    status.throwExceptionIfNotOK();
    try {
      ImmutableList.Builder<ComputeDevice> devices = ImmutableList.builder();
      for (int i = 0; i < tensorflow.TF_DeviceListCount(list); i++) {
        String name = tensorflow.TF_DeviceListName(list, i, status).getString();
        devices.add(
            new ComputeDevice(
                name.substring(Math.max(0, name.indexOf("/device:"))),
                tensorflow.TF_DeviceListType(list, i, status).getString(),
                tensorflow.TF_DeviceListMemoryBytes(list, i, status)));
      }
      return devices.build();
    } finally {
      tensorflow.TF_DeleteDeviceList(list);
    }
  }
}
