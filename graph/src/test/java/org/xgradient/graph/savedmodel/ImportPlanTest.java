package org.xgradient.graph.savedmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NameAttrList;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;
import org.xgradient.data.DataException;
import org.xgradient.graph.graphdef.Attributes;
import org.xgradient.graph.graphdef.TensorName;

/** What stands in the way of an import is named before TensorFlow sees the graph. */
class ImportPlanTest {

  private static final LoadOptions DEFAULTS = LoadOptions.withDefaults();

  private static NodeDef node(String name, String type, String... inputs) {
    NodeDef.Builder node = NodeDef.newBuilder().setName(name).setOp(type);
    for (String input : inputs) {
      node.addInput(input);
    }
    return node.putAttr("T", Attributes.of(DataType.DT_FLOAT)).build();
  }

  private static NodeDef call(String name, String function, String... inputs) {
    AttrValue f =
        AttrValue.newBuilder().setFunc(NameAttrList.newBuilder().setName(function)).build();
    AttrValue types =
        AttrValue.newBuilder()
            .setList(AttrValue.ListValue.newBuilder().addType(DataType.DT_FLOAT))
            .build();
    return node(name, "PartitionedCall", inputs).toBuilder()
        .putAttr("f", f)
        .putAttr("Tout", types)
        .build();
  }

  private static MetaGraphDef.Builder model(NodeDef... nodes) {
    GraphDef.Builder graph =
        GraphDef.newBuilder()
            .addNode(
                node("x", "Placeholder").toBuilder()
                    .putAttr("dtype", Attributes.of(DataType.DT_FLOAT)));
    for (NodeDef node : nodes) {
      graph.addNode(node);
    }
    return MetaGraphDef.newBuilder()
        .setGraphDef(graph)
        .putSignatureDef(
            "serving_default",
            SignatureDef.newBuilder()
                .putInputs("x", tensor("x:0", DataType.DT_FLOAT))
                .putOutputs("y", tensor("y:0", DataType.DT_FLOAT))
                .build());
  }

  private static TensorInfo tensor(String name, DataType type) {
    return TensorInfo.newBuilder()
        .setName(name)
        .setDtype(type)
        .setTensorShape(
            TensorShapeProto.newBuilder()
                .addDim(TensorShapeProto.Dim.newBuilder().setSize(-1))
                .addDim(TensorShapeProto.Dim.newBuilder().setSize(3)))
        .build();
  }

  private static void assertRefused(MetaGraphDef.Builder model, String message) {
    assertRefused(model, DEFAULTS, message);
  }

  private static void assertRefused(
      MetaGraphDef.Builder model, LoadOptions options, String message) {
    // The loader adds the directory to either.
    assertThatThrownBy(() -> ImportPlan.of(model.build(), options))
        .isInstanceOf(DataException.class)
        .hasMessage(message);
  }

  @Test
  void anOperationWithTooManyInputsIsDamaged() {
    assertRefused(
        model(node("y", "Relu", "x", "x", "x")),
        "y (Relu) stands in the way: it must have 1 inputs, found 3; the file is damaged, copy it"
            + " again");
    assertRefused(
        model(node("y", "AddV2", "x")),
        "y (AddV2) stands in the way: it must have 2 inputs, found 1; the file is damaged, copy it"
            + " again");
  }

  @Test
  void planOfAFlatModel() {
    ImportPlan plan =
        ImportPlan.of(model(node("y", "Relu", "x"), node("z", "Neg", "y")).build(), DEFAULTS);
    assertThat(plan.graph().getNodeList().stream().map(NodeDef::getName)).containsExactly("x", "y");
    assertThat(plan.logits()).isEqualTo(TensorName.of("y"));
    assertThat(plan.notes()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          StatelessIf | nothing can be differentiated through control flow; export the model without it
          Switch | nothing can be differentiated through control flow; export the model without it
          LookupTableExport | tables of this kind are not known; look up before the model
          HashTableV2 | what is in this table was found neither in the graph, nor among the variables, nor in a file of the model's assets; look up before the model, and export the rest
          EagerPyFunc | it calls Python, which is not here
          RandomUniform | it draws at random; export the model for inference
          Placeholder | it must be fed, but the signature has no input for it
          """)
  void namesTheOperationInTheWay(String type, String reason) {
    NodeDef inTheWay =
        node("layer/thing", type, "x", "x", "x", "x", "x").toBuilder()
            .putAttr("N", AttrValue.newBuilder().setI(1).build())
            .build();
    assertRefused(
        model(node("y", "Relu", "layer/thing"), inTheWay),
        "layer/thing (%s) stands in the way: %s".formatted(type, reason));
  }

  @Test
  void refusesLoopsOfTheFirstVersion() {
    assertRefused(
        model(
            node("y", "Add", "x", "next"),
            node("next", "NextIteration", "sum"),
            node("sum", "Add", "next", "x")),
        "sum (Add) is part of a loop; unroll it");
  }

  @Test
  void refusesUnknownOperations() {
    assertThatThrownBy(
            () -> ImportPlan.of(model(node("y", "MyOwnOperation", "x")).build(), DEFAULTS))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("y is of type MyOwnOperation, which TensorFlow ")
        .hasMessageEndingWith(" doesn't have");
  }

  @Test
  void refusesAnOutputThatIgnoresTheInput() {
    assertRefused(
        model(node("y", "Relu", "c"), node("c", "Const")),
        "the output y does not depend on the input x; choose another (--output, --signature)");
  }

  @Test
  void asksForASignature() {
    assertRefused(
        model().clearSignatureDef().putSignatureDef("__saved_model_init_op", signature()),
        "the model has no signature; export it with one, from its inputs to logits");
    assertRefused(
        model()
            .clearSignatureDef()
            .putSignatureDef("a", signature())
            .putSignatureDef("b", signature()),
        "the model has the signatures [a, b]; choose one (--signature)");
    assertRefused(
        model(),
        DEFAULTS.withSignature("train"),
        "the model has no signature 'train'; it has [serving_default]");
  }

  private static SignatureDef signature() {
    return SignatureDef.getDefaultInstance();
  }

  @Test
  void theOnlySignatureIsTaken() {
    MetaGraphDef.Builder model = model(node("y", "Relu", "x"));
    SignatureDef only = model.getSignatureDefOrThrow("serving_default");
    ImportPlan plan =
        ImportPlan.of(model.clearSignatureDef().putSignatureDef("predict", only).build(), DEFAULTS);
    assertThat(plan.signature().key()).isEqualTo("predict");
  }

  @Test
  void inputsOfEveryKindAreTaken() {
    MetaGraphDef.Builder model = model(node("y", "Relu", "x"));
    SignatureDef.Builder signature = model.getSignatureDefOrThrow("serving_default").toBuilder();
    assertRefused(
        model.putSignatureDef(
            "serving_default",
            signature.putInputs("mask", tensor("m:0", DataType.DT_FLOAT)).build()),
        "the graph is damaged: it has no tensor 'm'");
    assertRefused(
        model.putSignatureDef(
            "serving_default",
            signature.putInputs("mask", tensor("x:0", DataType.DT_COMPLEX64)).build()),
        "input 'mask' must be of numbers, flags or texts, found DT_COMPLEX64");
  }

  @Test
  void inputsOfSeveralTensorsAreSaidToBeWhatTheyAre() {
    MetaGraphDef.Builder model = model(node("y", "Relu", "x"));
    SignatureDef.Builder signature = model.getSignatureDefOrThrow("serving_default").toBuilder();
    TensorInfo sparse =
        TensorInfo.newBuilder()
            .setDtype(DataType.DT_FLOAT)
            .setCooSparse(TensorInfo.CooSparse.newBuilder().setValuesTensorName("x:0"))
            .build();
    assertRefused(
        model.putSignatureDef("serving_default", signature.putInputs("words", sparse).build()),
        "input 'words' is a sparse tensor, whose rows are no examples; export the model with a"
            + " dense input in its place, in Keras Input(sparse=False) with the same weights");
    TensorInfo ragged =
        TensorInfo.newBuilder()
            .setDtype(DataType.DT_FLOAT)
            .setCompositeTensor(
                TensorInfo.CompositeTensor.newBuilder()
                    .addComponents(tensor("x:0", DataType.DT_FLOAT))
                    .addComponents(tensor("s:0", DataType.DT_INT64)))
            .build();
    assertRefused(
        model.putSignatureDef("serving_default", signature.putInputs("words", ragged).build()),
        "input 'words' is a ragged tensor, or another of several parts, whose rows are no"
            + " examples; export the model with padded rows in its place, in Keras"
            + " Input(ragged=False) with the same weights and a mask");
  }

  @Test
  void partsOfASparseTensorAreNoInputsOfTheirOwn() {
    MetaGraphDef.Builder model =
        model(
            placeholder("indices", DataType.DT_INT64),
            placeholder("size", DataType.DT_INT64),
            node("same", "Identity", "indices").toBuilder()
                .putAttr("T", Attributes.of(DataType.DT_INT64))
                .build(),
            node("weights", "Const"),
            node("y", "SparseTensorDenseMatMul", "same", "x", "size", "weights"));
    SignatureDef.Builder signature = model.getSignatureDefOrThrow("serving_default").toBuilder();
    assertRefused(
        model.putSignatureDef(
            "serving_default",
            signature
                .putInputs("args_0", tensor("indices:0", DataType.DT_INT64))
                .putInputs("args_0_2", tensor("size:0", DataType.DT_INT64))
                .build()),
        "the inputs args_0, args_0_2, x are parts of a sparse tensor (for y of type"
            + " SparseTensorDenseMatMul), whose rows are no examples; export the model with a dense"
            + " input in its place, in Keras Input(sparse=False) with the same weights");
  }

  @Test
  void partsOfARaggedTensorAreNoInputsOfTheirOwn() {
    MetaGraphDef.Builder model =
        model(
            placeholder("splits", DataType.DT_INT64),
            node("shape", "Const"),
            node("default", "Const"),
            node("y", "RaggedTensorToTensor", "shape", "x", "default", "splits").toBuilder()
                .putAttr("Tindex", Attributes.of(DataType.DT_INT64))
                .putAttr("Tshape", Attributes.of(DataType.DT_INT64))
                .putAttr("num_row_partition_tensors", AttrValue.newBuilder().setI(1).build())
                .build());
    SignatureDef.Builder signature = model.getSignatureDefOrThrow("serving_default").toBuilder();
    assertRefused(
        model.putSignatureDef(
            "serving_default",
            signature.putInputs("args_0_1", tensor("splits:0", DataType.DT_INT64)).build()),
        "the inputs args_0_1, x are parts of a ragged tensor (for y of type RaggedTensorToTensor),"
            + " whose rows are no examples; export the model with padded rows in its place, in Keras"
            + " Input(ragged=False) with the same weights and a mask");
  }

  private static NodeDef placeholder(String name, DataType type) {
    return NodeDef.newBuilder()
        .setName(name)
        .setOp("Placeholder")
        .putAttr("dtype", Attributes.of(type))
        .build();
  }

  @Test
  void asksForOneOutputOfNumbers() {
    MetaGraphDef.Builder model = model(node("y", "Relu", "x"));
    SignatureDef.Builder signature = model.getSignatureDefOrThrow("serving_default").toBuilder();
    MetaGraphDef.Builder two =
        model.putSignatureDef(
            "serving_default",
            signature.putOutputs("classes", tensor("x:0", DataType.DT_STRING)).build());
    // As tf.estimator's classifiers have: the names of the classes, and their scores.
    assertThat(ImportPlan.of(two.build(), DEFAULTS).logits()).isEqualTo(TensorName.of("y"));
    assertRefused(
        two,
        DEFAULTS.withOutput("z"),
        "signature 'serving_default' has no output 'z'; it has [classes, y], choose one (--output)");
    assertRefused(
        two,
        DEFAULTS.withOutput("classes"),
        "output 'classes' must be of numbers, found DT_STRING");
    assertThat(ImportPlan.of(two.build(), DEFAULTS.withOutput("y")).logits())
        .isEqualTo(TensorName.of("y"));
    assertRefused(
        model.putSignatureDef(
            "serving_default", signature.putOutputs("x", tensor("x:0", DataType.DT_FLOAT)).build()),
        "signature 'serving_default' has the outputs [classes, x, y]; choose one (--output)");
  }

  @Test
  void inlinesCallsByNameAndBindsTheirAttributes() {
    FunctionDef.Builder scaled = FunctionDef.newBuilder();
    scaled.getSignatureBuilder().setName("Halve").addInputArgBuilder().setName("a");
    scaled.getSignatureBuilder().addOutputArgBuilder().setName("halves");
    scaled
        .addNodeDef(
            NodeDef.newBuilder()
                .setName("split")
                .setOp("Split")
                .addInput("axis")
                .addInput("a")
                .putAttr("T", Attributes.of(DataType.DT_FLOAT))
                .putAttr("num_split", AttrValue.newBuilder().setPlaceholder("parts").build()))
        .addNodeDef(NodeDef.newBuilder().setName("axis").setOp("Const"))
        .putRet("halves", "split:output:1");
    MetaGraphDef.Builder model =
        model(
            node("y", "Relu", "half"),
            node("half", "Halve", "x").toBuilder()
                .putAttr("parts", AttrValue.newBuilder().setI(2).build())
                .build());
    model.getGraphDefBuilder().getLibraryBuilder().addFunction(scaled);
    GraphDef flat = ImportPlan.of(model.build(), DEFAULTS).graph();
    assertThat(flat.getNodeList().stream().map(NodeDef::getOp))
        .containsExactlyInAnyOrder("Placeholder", "Const", "Split", "Relu");
    for (NodeDef node : flat.getNodeList()) {
      if (node.getOp().equals("Relu")) {
        assertThat(node.getInputList()).containsExactly("split:1");
      } else if (node.getOp().equals("Split")) {
        assertThat(node.getInputList()).containsExactly("axis", "x");
        assertThat(node.getAttrOrThrow("num_split").getI()).isEqualTo(2);
      }
    }
  }

  @Test
  void aFunctionCalledTwiceHasTwoBodies() {
    MetaGraphDef.Builder model =
        model(
            node("y", "Add", "first", "second"),
            call("first", "f", "x"),
            call("second", "f", "first"));
    model.getGraphDefBuilder().getLibraryBuilder().addFunction(calling("f", "Relu"));
    GraphDef flat = ImportPlan.of(model.build(), DEFAULTS).graph();
    assertThat(flat.getNodeList().stream().map(node -> node.getName() + node.getInputList()))
        .containsExactlyInAnyOrder("x[]", "inner[x]", "inner_1[inner]", "y[inner, inner_1]");
  }

  private static FunctionDef calling(String name, String type) {
    FunctionDef.Builder function = FunctionDef.newBuilder();
    function.getSignatureBuilder().setName(name).addInputArgBuilder().setName("a");
    function.getSignatureBuilder().addOutputArgBuilder().setName("b");
    return function
        .addNodeDef(
            type.equals("PartitionedCall") ? call("inner", name, "a") : node("inner", type, "a"))
        .putRet("b", type.equals("PartitionedCall") ? "inner:output:0" : "inner:activations:0")
        .build();
  }

  @Test
  void refusesAFunctionThatCallsItself() {
    MetaGraphDef.Builder model = model(call("y", "f", "x"));
    model.getGraphDefBuilder().getLibraryBuilder().addFunction(calling("f", "PartitionedCall"));
    assertRefused(model, "inner is a call more than 64 calls deep");
  }

  /** A call of {@code f0} is one of 2^levels calls of the last function. */
  private static MetaGraphDef.Builder tower(int levels, FunctionDef last) {
    MetaGraphDef.Builder model = model(call("y", "f0", "x"));
    for (int i = 0; i < levels; i++) {
      FunctionDef.Builder twice = FunctionDef.newBuilder();
      twice.getSignatureBuilder().setName("f" + i).addInputArgBuilder().setName("a");
      twice.getSignatureBuilder().addOutputArgBuilder().setName("b");
      twice
          .addNodeDef(call("one", "f" + (i + 1), "a"))
          .addNodeDef(call("two", "f" + (i + 1), "one:output:0"))
          .putRet("b", "two:output:0");
      model.getGraphDefBuilder().getLibraryBuilder().addFunction(twice);
    }
    model.getGraphDefBuilder().getLibraryBuilder().addFunction(last);
    return model;
  }

  @Test
  void refusesFunctionsThatGrowWithoutBound() {
    assertRefused(
        tower(40, calling("f40", "Relu")),
        "the graph has more than 200000 operations with its functions inlined");
  }

  @Test
  void refusesOperationsWhoseInputsGrowWithoutBound() {
    FunctionDef.Builder wide = FunctionDef.newBuilder();
    wide.getSignatureBuilder().setName("f14").addInputArgBuilder().setName("a");
    wide.getSignatureBuilder().addOutputArgBuilder().setName("b");
    String[] inputs = new String[1000];
    Arrays.fill(inputs, "a");
    wide.addNodeDef(
            node("sum", "AddN", inputs).toBuilder()
                .putAttr("N", AttrValue.newBuilder().setI(inputs.length).build()))
        .putRet("b", "sum:sum:0");
    assertRefused(
        tower(14, wide.build()),
        "the operations of the graph have more than 4000000 inputs with its functions inlined");
  }

  @Test
  void refusesDamagedGraphs() {
    assertRefused(
        model(call("y", "gone", "x")),
        "the graph is damaged: y calls 'gone', which is not in its library");
    assertRefused(model(), "the graph is damaged: it has no operation 'y'");
    assertRefused(model(node("y", "Relu", "x:7")), "the graph is damaged: it has no tensor 'x:7'");
    assertRefused(model(node("y", "Relu", "x:no")), "the graph is damaged: 'x:no' names no tensor");
    assertRefused(
        model(node("y", "Relu", "x"), node("y", "Relu", "x")),
        "the graph is damaged: it has two operations 'y'");
    assertRefused(
        model(
            node("y", "Relu", "p"),
            NodeDef.newBuilder()
                .setName("p")
                .setOp("Split")
                .addInput("x")
                .addInput("x")
                .putAttr("T", Attributes.of(DataType.DT_FLOAT))
                .putAttr("num_split", AttrValue.newBuilder().setI(-5).build())
                .build()),
        "the graph is damaged: p (Split) claims -5 tensors");

    assertRefused(
        model(NodeDef.newBuilder().setName("y").setOp("PartitionedCall").addInput("x").build()),
        "the graph is damaged: y (PartitionedCall) lacks the attribute 'f'");

    MetaGraphDef.Builder arguments = model(call("y", "f", "x", "x"));
    arguments.getGraphDefBuilder().getLibraryBuilder().addFunction(calling("f", "Relu"));
    assertRefused(arguments, "the graph is damaged: y must pass 1 inputs, found 2");

    MetaGraphDef.Builder result = model(call("y", "f", "x"));
    result
        .getGraphDefBuilder()
        .getLibraryBuilder()
        .addFunction(calling("f", "Relu").toBuilder().putRet("b", "inner:nothing:0"));
    assertRefused(
        result, "the graph is damaged: 'inner:nothing:0' names no tensor of its function");
  }
}
