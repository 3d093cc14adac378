package org.xgradient.graph.walk;

import static org.tensorflow.internal.c_api.global.tensorflow.TF_DeleteBuffer;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_DeleteGraph;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_DeleteStatus;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_GetCode;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_GraphGetOpDef;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_NewBuffer;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_NewGraph;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_NewStatus;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_OK;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.tensorflow.proto.OpDef;
import org.xgradient.graph.runtime.NativeTensorFlow;

/**
 * The types of operations that this TensorFlow has, asked for one by one: the list of all, which
 * TensorFlow Java gives, takes longer to read than a small model.
 */
public final class RegisteredOperations {

  /** Only types that there are: a damaged graph may name any number of others. */
  private static final ConcurrentMap<String, OpDef> KNOWN = new ConcurrentHashMap<>();

  private RegisteredOperations() {}

  /** {@return the definition of a type; empty if there is none} */
  public static Optional<OpDef> find(String type) {
    return Optional.ofNullable(KNOWN.get(type))
        .or(
            () -> {
              Optional<OpDef> asked = ask(type);
              asked.ifPresent(definition -> KNOWN.put(type, definition));
              return asked;
            });
  }

  /** {@return whether there is a type, and its operations have a state} */
  public static boolean isStateful(String type) {
    return find(type).filter(OpDef::getIsStateful).isPresent();
  }

  private static Optional<OpDef> ask(String type) {
    NativeTensorFlow.require();
    // A graph of no operations knows all types and no functions of its own.
    var graph = TF_NewGraph();
    var buffer = TF_NewBuffer();
    var status = TF_NewStatus();
    try {
      TF_GraphGetOpDef(graph, type, buffer, status);
      return TF_GetCode(status) == TF_OK
          ? Optional.of(OpDef.parseFrom(buffer.dataAsByteBuffer()))
          : Optional.empty();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("TensorFlow gives no definition of " + type, e);
    } finally {
      TF_DeleteStatus(status);
      TF_DeleteBuffer(buffer);
      TF_DeleteGraph(graph);
    }
  }
}
