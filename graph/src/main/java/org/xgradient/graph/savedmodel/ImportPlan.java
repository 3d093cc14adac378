package org.xgradient.graph.savedmodel;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Maps;
import com.google.common.collect.Sets;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.xgradient.graph.graphdef.Cut;
import org.xgradient.graph.graphdef.FinalActivation;
import org.xgradient.graph.graphdef.FunctionInlining;
import org.xgradient.graph.graphdef.GraphDefs;
import org.xgradient.graph.graphdef.IntegerArithmetic;
import org.xgradient.graph.graphdef.OpDefs;
import org.xgradient.graph.graphdef.TableContents;
import org.xgradient.graph.graphdef.TensorName;
import org.xgradient.graph.graphdef.UnknownLengthException;
import org.xgradient.graph.savedmodel.parsing.ExampleParser;

/**
 * What is taken of a SavedModel, found without TensorFlow.
 *
 * @param signature the signature that is taken as the model
 * @param inputs the inputs on which the output may depend, by the operations that are fed
 * @param graph a graph without calls of functions, pruned to what the logits need
 * @param logits where the logits are
 * @param activation the type of the activation that is left out behind them; empty if there is none
 * @param cut which tensors are explained
 * @param tables what is in the lookup tables of the graph
 * @param notes what was found, for the user
 */
record ImportPlan(
    ModelSignature signature,
    ImmutableMap<String, SignatureInput> inputs,
    GraphDef graph,
    TensorName logits,
    String activation,
    Cut cut,
    ImmutableMap<String, TableContents> tables,
    ImmutableList<String> notes) {

  /**
   * Plans.
   *
   * @param meta the SavedModel
   * @param options what to take
   * @return the plan
   * @throws SavedModelException if something stands in the way
   */
  static ImportPlan of(MetaGraphDef meta, LoadOptions options) {
    ModelSignature signature = ModelSignature.choose(meta, options);
    FedTensors fed =
        FedTensors.of(
            meta.getGraphDef(),
            signature.inputs().stream().map(SignatureInput::tensor).distinct().toList());
    ImmutableMap<String, SignatureInput> byOperation =
        signature.inputs().stream()
            .collect(
                ImmutableMap.toImmutableMap(
                    input -> fed.place(input.tensor()).operation(), input -> input, (a, b) -> a));
    ImmutableMap<String, TableContents> tables = TableContents.of(meta);
    ImportGuard guard = new ImportGuard(byOperation.keySet(), tables.keySet());
    ImmutableMap<String, String> names =
        ImmutableMap.copyOf(Maps.transformValues(byOperation, SignatureInput::name));
    GraphDef shaped = fed.withShapes(byOperation);
    ChosenOutput output =
        ChosenOutput.of(
            signature,
            (tensor, check) -> inlined(shaped, fed.place(tensor), check, byOperation.values()),
            guard::check,
            names);
    ImmutableList.Builder<String> notes = ImmutableList.builder();
    FinalActivation end = FinalActivation.strip(output.graph(), output.tensor());
    if (!end.note().isEmpty()) {
      notes.add(end.note());
    }
    GraphDef graph = GraphDefs.prune(output.graph(), List.of(end.logits()));
    TensorName logits = end.logits();
    if (IntegerArithmetic.isInteger(type(graph, logits))) {
      var floats = IntegerArithmetic.of(graph, logits);
      graph = floats.graph();
      logits = floats.tensor();
      notes.add(
          "the output is of integers, which are computed as floats: exact below 2^24, and with"
              + " gradients");
    }
    CompositeInputs.check(graph, names);
    Cut cut =
        options.at().isEmpty()
            ? CutFinder.find(graph, names, logits, signature.output())
            : CutFinder.at(graph, names, logits, signature.output(), options.at());
    notes.addAll(notes(cut, signature));
    return new ImportPlan(
        signature,
        withShapesOfExamples(byOperation, graph),
        graph,
        logits,
        end.type(),
        cut,
        tables,
        notes.build());
  }

  /** Without calls and loops, or the advice that fits the shapes that are known. */
  private static FunctionInlining.Inlined inlined(
      GraphDef graph,
      TensorName tensor,
      Consumer<NodeDef> check,
      Collection<SignatureInput> inputs) {
    try {
      return FunctionInlining.inline(graph, List.of(tensor), check);
    } catch (UnknownLengthException e) {
      String without =
          "export the model without it, in Keras by unroll=True of LSTM, GRU and RNN layers";
      String advice =
          e.said()
              .map(
                  said ->
                      "examples are of the shapes %s, and TensorFlow says: %s; give others, such as a longer one (--input-shape), or %s"
                          .formatted(shapes(inputs), said, without))
              .orElse(
                  inputs.stream().allMatch(input -> input.shape().isPresent())
                      ? without
                      : "give a fixed length (--input-shape), or " + without);
      throw new SavedModelException(e.getMessage() + "; " + advice, e);
    }
  }

  private static String shapes(Collection<SignatureInput> inputs) {
    return inputs.stream()
        .map(
            input ->
                "%s=%s"
                    .formatted(input.name(), input.shape().map(Object::toString).orElse("unknown")))
        .collect(Collectors.joining(", "));
  }

  /** {@return tensors that could be explained, behind those that are} */
  ImmutableList<TensorName> behind() {
    ImmutableMap<String, String> names =
        ImmutableMap.copyOf(Maps.transformValues(inputs, SignatureInput::name));
    return CutFinder.behind(graph, names, logits);
  }

  /** A parser takes one text an example, whatever the signature leaves open. */
  private static ImmutableMap<String, SignatureInput> withShapesOfExamples(
      ImmutableMap<String, SignatureInput> inputs, GraphDef graph) {
    Set<String> parsed =
        ExampleParser.of(graph).stream().map(ExampleParser::input).collect(Collectors.toSet());
    ImmutableMap.Builder<String, SignatureInput> shaped = ImmutableMap.builder();
    inputs.forEach(
        (operation, input) ->
            shaped.put(
                operation,
                parsed.contains(operation) && input.shape().isEmpty()
                    ? input.ofSingleValues()
                    : input));
    return shaped.buildOrThrow();
  }

  private static DataType type(GraphDef graph, TensorName tensor) {
    NodeDef node = GraphDefs.byName(graph.getNodeList()).get(tensor.operation());
    if (node == null || tensor.output() >= OpDefs.outputTypes(node).size()) {
      throw new SavedModelException("the graph is damaged: it has no tensor '" + tensor + "'");
    }
    return OpDefs.outputTypes(node).get(tensor.output());
  }

  private static List<String> notes(Cut cut, ModelSignature signature) {
    ImmutableList.Builder<String> notes = ImmutableList.builder();
    for (Cut.Part part : cut.parts()) {
      if (!part.isInput()) {
        notes.add(
            "input %s is explained at the tensor %s: %s"
                .formatted(String.join(", ", part.inputs()), part.tensor(), part.why()));
      }
    }
    ImmutableSet<String> explained =
        cut.parts().stream()
            .flatMap(part -> part.inputs().stream())
            .collect(ImmutableSet.toImmutableSet());
    Set<String> fixed = Sets.difference(cut.fixed(), explained);
    if (!fixed.isEmpty()) {
      notes.add("held fixed along paths: " + String.join(", ", fixed));
    }
    Set<String> beside = Sets.intersection(cut.fixed(), explained);
    if (!beside.isEmpty()) {
      notes.add(
          "what the output takes of %s elsewhere is held fixed along paths"
              .formatted(String.join(", ", beside)));
    }
    ImmutableSet<String> unused =
        signature.inputNames().stream()
            .filter(name -> !cut.fixed().contains(name) && !cut.sources().contains(name))
            .collect(ImmutableSet.toImmutableSet());
    if (!unused.isEmpty()) {
      notes.add("the output does not depend on: " + String.join(", ", unused));
    }
    return notes.build();
  }
}
