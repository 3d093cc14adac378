package org.xgradient.graph.savedmodel.variables;

import com.google.common.collect.ImmutableMap;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedObject;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedVariable;
import org.tensorflow.proto.VariableDef;
import org.xgradient.data.DataException;
import org.xgradient.graph.graphdef.FunctionInlining;
import org.xgradient.graph.graphdef.GraphDefs;
import org.xgradient.graph.graphdef.TensorName;

/**
 * What a SavedModel says of its variables beyond their values: what they were called, and whether
 * they are trained, and not, for instance, averages of a batch norm. It need not say anything.
 */
public final class DeclaredVariables {

  private final ImmutableMap<String, Declaration> declarations;

  private DeclaredVariables(Map<String, Declaration> declarations) {
    this.declarations = ImmutableMap.copyOf(declarations);
  }

  /**
   * What is said of one variable.
   *
   * @param name what it was called
   * @param trainable whether it is trained
   */
  record Declaration(String name, boolean trainable) {}

  /** {@return what a SavedModel says} */
  public static DeclaredVariables of(MetaGraphDef meta) {
    Map<String, Declaration> declarations = new HashMap<>();
    addCollections(meta, declarations);
    addCaptures(meta, declarations);
    return new DeclaredVariables(declarations);
  }

  /** {@return what is said of the variable with that handle} */
  Optional<Declaration> of(String handle) {
    return Optional.ofNullable(declarations.get(handle));
  }

  /** Of TensorFlow's first version: a list of all variables, and one of those that are trained. */
  private static void addCollections(MetaGraphDef meta, Map<String, Declaration> declarations) {
    Set<String> trained = collection(meta, "trainable_variables");
    for (String variable : collection(meta, "variables")) {
      declarations.put(variable, new Declaration(variable, trained.contains(variable)));
    }
  }

  private static Set<String> collection(MetaGraphDef meta, String name) {
    Set<String> variables = new HashSet<>();
    if (meta.containsCollectionDef(name)) {
      for (ByteString bytes : meta.getCollectionDefOrThrow(name).getBytesList().getValueList()) {
        try {
          String variable = VariableDef.parseFrom(bytes).getVariableName();
          variables.add(TensorName.parse(variable).operation());
        } catch (InvalidProtocolBufferException e) {
          throw new DataException(
              "the graph is damaged: collection '" + name + "' holds no variables", e);
        }
      }
    }
    return variables;
  }

  /** Of the second version: a function takes the variables that it captures as its last inputs. */
  private static void addCaptures(MetaGraphDef meta, Map<String, Declaration> declarations) {
    var functions = meta.getObjectGraphDef().getConcreteFunctionsMap();
    List<SavedObject> objects = meta.getObjectGraphDef().getNodesList();
    for (NodeDef node : meta.getGraphDef().getNodeList()) {
      var function = functions.get(FunctionInlining.callee(node));
      if (function != null) {
        List<TensorName> inputs = GraphDefs.inputs(node);
        List<Integer> captured = function.getBoundInputsList();
        int first = inputs.size() - captured.size();
        for (int i = Math.max(0, -first); i < captured.size(); i++) {
          int object = captured.get(i);
          if (object >= 0 && object < objects.size() && objects.get(object).hasVariable()) {
            SavedVariable variable = objects.get(object).getVariable();
            declarations.put(
                inputs.get(first + i).operation(),
                new Declaration(variable.getName(), variable.getTrainable()));
          }
        }
      }
    }
  }
}
