package org.xgradient.graph;

import com.google.common.collect.ImmutableSet;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.HashSet;
import java.util.Set;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedObject;
import org.tensorflow.proto.VariableDef;

/**
 * Which variables of a SavedModel are trained, and not, for instance, averages of a batch norm. A
 * SavedModel need not say; what it says nothing about is taken as trained.
 */
final class TrainableVariables {

  private final ImmutableSet<String> untrained;

  private TrainableVariables(Set<String> untrained) {
    this.untrained = ImmutableSet.copyOf(untrained);
  }

  /** {@return what a SavedModel says, in its objects or in its collections} */
  static TrainableVariables of(MetaGraphDef meta) {
    Set<String> untrained = new HashSet<>();
    for (SavedObject object : meta.getObjectGraphDef().getNodesList()) {
      if (object.hasVariable() && !object.getVariable().getTrainable()) {
        untrained.add(object.getVariable().getName());
      }
    }
    Set<String> trained = collection(meta, "trainable_variables");
    for (String variable : collection(meta, "variables")) {
      if (!trained.contains(variable)) {
        untrained.add(variable);
      }
    }
    return new TrainableVariables(untrained);
  }

  /** {@return whether a variable is trained} */
  boolean contains(String variable) {
    return !untrained.contains(variable);
  }

  private static Set<String> collection(MetaGraphDef meta, String name) {
    Set<String> variables = new HashSet<>();
    if (meta.containsCollectionDef(name)) {
      for (ByteString bytes : meta.getCollectionDefOrThrow(name).getBytesList().getValueList()) {
        try {
          String variable = VariableDef.parseFrom(bytes).getVariableName();
          variables.add(TensorName.parse(variable).operation());
        } catch (InvalidProtocolBufferException e) {
          throw new SavedModelException(
              "the graph is damaged: collection '" + name + "' holds no variables", e);
        }
      }
    }
    return variables;
  }
}
