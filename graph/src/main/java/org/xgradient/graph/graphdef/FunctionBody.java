package org.xgradient.graph.graphdef;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Ints;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef.ArgDef;
import org.xgradient.data.DataException;
import org.xgradient.graph.graphdef.OpDefs.Argument;

/**
 * The body of a function, for one call of it, in the notation of a graph.
 *
 * <p>A function names a tensor by the operation, the output's name and the place in that output: in
 * a graph, it is the operation and the place among all outputs.
 *
 * @param nodes the operations; each parameter of the function is one, of type {@link #PARAMETER}
 * @param results the tensors that the function returns, in order
 */
record FunctionBody(ImmutableList<NodeDef> nodes, ImmutableList<TensorName> results) {

  /** The type of the operations that stand for what a call passes. */
  static final String PARAMETER = "_Arg";

  /**
   * Reads a body.
   *
   * @param function the function
   * @param bindings what its call gives for attributes that the body leaves open
   * @param library all functions, by name
   * @return the body
   */
  static FunctionBody of(
      FunctionDef function, Map<String, AttrValue> bindings, Map<String, FunctionDef> library) {
    return new Reader(bindings, library).read(function);
  }

  /**
   * {@return the outputs of an operation}
   *
   * @param node the operation, which may be a call by the name of the function
   * @param library all functions, by name
   */
  static ImmutableList<Argument> outputs(NodeDef node, Map<String, FunctionDef> library) {
    FunctionDef callee = library.get(node.getOp());
    return callee == null
        ? OpDefs.outputs(node)
        : callee.getSignature().getOutputArgList().stream()
            .map(output -> new Argument(output.getName(), false, 1))
            .collect(ImmutableList.toImmutableList());
  }

  private static final class Reader {
    private final Map<String, AttrValue> bindings;
    private final Map<String, FunctionDef> library;

    /** Where the named output of an operation begins among all of its outputs. */
    private final Map<String, Integer> offsets = new HashMap<>();

    Reader(Map<String, AttrValue> bindings, Map<String, FunctionDef> library) {
      this.bindings = bindings;
      this.library = library;
    }

    FunctionBody read(FunctionDef function) {
      List<NodeDef> bound =
          function.getNodeDefList().stream().map(GraphDefs::dataOnly).map(this::bind).toList();
      bound.forEach(this::index);
      ImmutableList.Builder<NodeDef> nodes = ImmutableList.builder();
      for (ArgDef parameter : function.getSignature().getInputArgList()) {
        nodes.add(NodeDef.newBuilder().setName(parameter.getName()).setOp(PARAMETER).build());
      }
      bound.forEach(node -> nodes.add(translate(node)));
      ImmutableList.Builder<TensorName> results = ImmutableList.builder();
      for (ArgDef result : function.getSignature().getOutputArgList()) {
        results.add(translate(function.getRetOrDefault(result.getName(), "")));
      }
      return new FunctionBody(nodes.build(), results.build());
    }

    private NodeDef bind(NodeDef node) {
      NodeDef.Builder bound = node.toBuilder();
      node.getAttrMap()
          .forEach(
              (name, value) ->
                  bound.putAttr(name, bindings.getOrDefault(value.getPlaceholder(), value)));
      return bound.build();
    }

    private void index(NodeDef node) {
      int offset = 0;
      for (Argument output : outputs(node, library)) {
        offsets.put(node.getName() + ":" + output.name(), offset);
        offset += output.size();
      }
    }

    private NodeDef translate(NodeDef node) {
      NodeDef.Builder translated = node.toBuilder().clearInput();
      node.getInputList().forEach(input -> translated.addInput(translate(input).toString()));
      return translated.build();
    }

    private TensorName translate(String reference) {
      List<String> parts = Splitter.on(':').splitToList(reference);
      if (parts.size() == 1) {
        return TensorName.of(reference);
      }
      Integer offset = offsets.get(parts.get(0) + ":" + parts.get(1));
      Integer place = parts.size() == 2 ? Integer.valueOf(0) : Ints.tryParse(parts.get(2));
      if (offset == null || place == null || place < 0) {
        throw new DataException(
            "the graph is damaged: '" + reference + "' names no tensor of its function");
      }
      return new TensorName(parts.get(0), offset + place);
    }
  }
}
