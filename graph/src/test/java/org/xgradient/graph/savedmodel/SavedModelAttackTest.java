package org.xgradient.graph.savedmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NameAttrList;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;
import org.tensorflow.types.TFloat32;
import org.xgradient.data.ChecksumManifest;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.Feeds;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Model;
import org.xgradient.graph.Parameter;
import org.xgradient.graph.architectures.Networks;
import org.xgradient.graph.graphdef.Attributes;

/** SavedModels that were made to do harm: nothing of it happens. */
class SavedModelAttackTest {

  private static final String GRAPH = "saved_model.pb";
  private static final Duration MOST = Duration.ofSeconds(30);

  @TempDir Path folder;

  private Path directory;
  private float[] honest = {};

  @BeforeEach
  void export() throws Exception {
    directory = folder.resolve("model");
    honest = export(directory, 1);
  }

  /** Exports a small network, and computes what it gives for zeros and a one. */
  private static float[] export(Path directory, long seed) throws Exception {
    try (GraphSession session = GraphSession.open()) {
      Model model = Networks.mlp(3, 2, 4).build(session, seed);
      var x = session.ops().placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 3)));
      SavedModels.write(directory, session, List.of(SignatureSpec.serving(model.forward(x))));
    }
    return logits(directory);
  }

  private static float[] logits(Path directory) {
    try (LoadedModel loaded = SavedModels.load(directory)) {
      var x = loaded.session().ops().constant(new float[][] {{0, 0, 1}});
      return loaded.session().run(Feeds.none(), loaded.model().forward(x).logits()).values();
    }
  }

  private void assertRefused(String... parts) {
    assertTimeoutPreemptively(
        MOST,
        () ->
            assertThatThrownBy(() -> SavedModels.load(directory))
                .isInstanceOf(SavedModelException.class)
                .hasMessageStartingWith(directory + " can't be used: ")
                .hasMessageContainingAll(parts));
  }

  private static NodeDef text(String name, String text) {
    TensorProto.Builder value =
        TensorProto.newBuilder()
            .setDtype(DataType.DT_STRING)
            .setTensorShape(TensorShapeProto.getDefaultInstance())
            .addStringVal(ByteString.copyFromUtf8(text));
    return NodeDef.newBuilder()
        .setName(name)
        .setOp("Const")
        .putAttr("dtype", Attributes.of(DataType.DT_STRING))
        .putAttr("value", AttrValue.newBuilder().setTensor(value).build())
        .build();
  }

  /** Writes a line to a file, as TensorFlow's operation for printing can. */
  private static NodeDef print(String name, String input, Path file) {
    return NodeDef.newBuilder()
        .setName(name)
        .setOp("PrintV2")
        .addInput(input)
        .putAttr("output_stream", Attributes.of("file://" + file))
        .build();
  }

  private static void initializeBy(MetaGraphDef.Builder meta, String operation) {
    meta.putSignatureDef(
        "__saved_model_init_op",
        SignatureDef.newBuilder()
            .putOutputs(
                "__saved_model_init_op",
                TensorInfo.newBuilder().setName(operation).setDtype(DataType.DT_INVALID).build())
            .build());
  }

  @Test
  void theInitOperationIsNotRun() throws Exception {
    Path victim = folder.resolve("victim");
    FunctionWrapper.edit(
        directory,
        meta -> {
          meta.getGraphDefBuilder()
              .addNode(text("gotcha", "gotcha"))
              .addNode(print("attack", "gotcha", victim));
          initializeBy(meta, "attack");
          return meta;
        });
    assertThat(logits(directory)).isEqualTo(honest);
    assertThat(victim).doesNotExist();
  }

  @Test
  void whatRestoringTheVariablesWouldRunIsNotRun() throws Exception {
    Path victim = folder.resolve("victim");
    FunctionWrapper.edit(
        directory,
        meta -> {
          String restore = meta.getSaverDef().getRestoreOpName();
          var graph = meta.getGraphDefBuilder();
          graph.addNode(text("gotcha", "gotcha")).addNode(print("attack", "gotcha", victim));
          graph.getNodeBuilderList().stream()
              .filter(node -> node.getName().equals(restore))
              .forEach(node -> node.addInput("^attack"));
          return meta;
        });
    assertThat(logits(directory)).isEqualTo(honest);
    assertThat(victim).doesNotExist();
  }

  /** Functions that are named in attributes of operations of functions. */
  @Test
  void functionsInAttributesOfFunctionsAreNotRun() throws Exception {
    Path victim = folder.resolve("victim");
    FunctionWrapper.edit(
        directory,
        meta -> {
          FunctionDef.Builder attack = FunctionDef.newBuilder();
          attack.getSignatureBuilder().setName("attack").setIsStateful(true);
          attack
              .addNodeDef(text("gotcha", "gotcha"))
              .addNodeDef(print("print", "gotcha:output:0", victim))
              .putControlRet("print", "print");
          FunctionDef.Builder outer = FunctionDef.newBuilder();
          outer.getSignatureBuilder().setName("outer").setIsStateful(true);
          outer.addNodeDef(call("inner", "attack")).putControlRet("inner", "inner");
          var graph = meta.getGraphDefBuilder();
          graph.getLibraryBuilder().addFunction(attack).addFunction(outer);
          graph.addNode(call("start", "outer"));
          initializeBy(meta, "start");
          return meta;
        });
    assertThat(logits(directory)).isEqualTo(honest);
    assertThat(victim).doesNotExist();
  }

  private static NodeDef call(String name, String function) {
    AttrValue none = AttrValue.newBuilder().setList(AttrValue.ListValue.newBuilder()).build();
    return NodeDef.newBuilder()
        .setName(name)
        .setOp("StatefulPartitionedCall")
        .putAttr("Tin", none)
        .putAttr("Tout", none)
        .putAttr(
            "f",
            AttrValue.newBuilder().setFunc(NameAttrList.newBuilder().setName(function)).build())
        .build();
  }

  /** Puts an operation between the logits and the output. */
  private static MetaGraphDef.Builder end(MetaGraphDef.Builder meta, NodeDef.Builder node) {
    SignatureDef.Builder signature = meta.getSignatureDefOrThrow(SignatureSpec.SERVING).toBuilder();
    for (String output : List.copyOf(signature.getOutputsMap().keySet())) {
      TensorInfo info = signature.getOutputsOrThrow(output);
      node.clearInput().addInput(info.getName());
      signature.putOutputs(output, info.toBuilder().setName("end:0").build());
    }
    meta.getGraphDefBuilder().addNode(node.setName("end"));
    return meta.putSignatureDef(SignatureSpec.SERVING, signature.build());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Print",
        "PrintV2",
        "DecodeProtoV2",
        "DebugIdentityV2",
        "SqlDataset",
        "TFRecordDataset",
        "LoadDataset",
        "CacheDataset",
        "RemoteCall",
        "XlaLaunch",
        "Save"
      })
  void whatIsNotKnownToBeHarmlessIsRefused(String type) throws Exception {
    FunctionWrapper.edit(directory, meta -> end(meta, NodeDef.newBuilder().setOp(type)));
    assertRefused("end (" + type + ")");
  }

  @Test
  void aHarmlessOperationThatNamesAFunctionIsRefused() throws Exception {
    FunctionWrapper.edit(
        directory,
        meta ->
            end(
                meta,
                NodeDef.newBuilder()
                    .setOp("Identity")
                    .putAttr("T", Attributes.of(DataType.DT_FLOAT))
                    .putAttr(
                        "f",
                        AttrValue.newBuilder()
                            .setFunc(NameAttrList.newBuilder().setName("g"))
                            .build())));
    assertRefused("end (Identity) stands in the way: it calls a function");
  }

  @ParameterizedTest
  @ValueSource(strings = {"serve", "serve serve"})
  void twoGraphsToServeAreRefused(String tags) throws Exception {
    SavedModel model = SavedModel.parseFrom(Files.readAllBytes(directory.resolve(GRAPH)));
    MetaGraphDef.Builder second = model.getMetaGraphs(0).toBuilder();
    second.getMetaInfoDefBuilder().clearTags().addAllTags(List.of(tags.split(" ")));
    Files.write(
        directory.resolve(GRAPH), model.toBuilder().addMetaGraphs(second).build().toByteArray());
    Files.delete(directory.resolve(ChecksumManifest.FILE));
    assertRefused("it must have one graph with the tags [serve], found [[serve], [");
  }

  @Test
  void functionsThatCallThemselvesAreRefused() throws Exception {
    FunctionWrapper.edit(
        directory,
        meta -> {
          FunctionDef.Builder loop = FunctionDef.newBuilder();
          loop.getSignatureBuilder().setName("loop").setIsStateful(true);
          loop.addNodeDef(call("a", "loop")).addNodeDef(call("b", "loop"));
          meta.getGraphDefBuilder().getLibraryBuilder().addFunction(loop);
          meta.getGraphDefBuilder().addNode(call("restore_all", "loop"));
          meta.getSaverDefBuilder().setRestoreOpName("restore_all");
          return meta;
        });
    assertRefused("a call more than 64 calls deep");
  }

  @Test
  void deepNestingOfUnknownFieldsIsRefused() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    for (int i = 0; i < 20_000; i++) {
      out.writeTag(1000, WireFormat.WIRETYPE_START_GROUP);
    }
    out.flush();
    replaceGraph(bytes.toByteArray());
    assertRefused("saved_model.pb is damaged", "a group of fields");
  }

  /** A function in an attribute of a function in an attribute, and so on. */
  @Test
  void deepNestingOfKnownFieldsIsRefused() throws Exception {
    NameAttrList function = NameAttrList.newBuilder().setName("f").build();
    for (int i = 0; i < 40; i++) {
      function =
          NameAttrList.newBuilder()
              .putAttr("f", AttrValue.newBuilder().setFunc(function).build())
              .build();
    }
    NodeDef node =
        NodeDef.newBuilder()
            .setName("deep")
            .putAttr("f", AttrValue.newBuilder().setFunc(function).build())
            .build();
    SavedModel.Builder model = SavedModel.newBuilder();
    model.addMetaGraphsBuilder().setGraphDef(GraphDef.newBuilder().addNode(node));
    replaceGraph(model.build().toByteArray());
    assertRefused("saved_model.pb is damaged", "nested more than 64 deep");
  }

  private void replaceGraph(byte[] bytes) throws Exception {
    Files.write(directory.resolve(GRAPH), bytes);
    Files.delete(directory.resolve(ChecksumManifest.FILE));
  }

  @ParameterizedTest
  @DisabledOnOs(OS.WINDOWS)
  @ValueSource(
      strings = {GRAPH, "variables/variables.index", "variables/variables.data-00000-of-00001"})
  void aPipeIsNotWaitedFor(String file) throws Exception {
    Path pipe = directory.resolve(file);
    Files.delete(directory.resolve(ChecksumManifest.FILE));
    Files.delete(pipe);
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    assertRefused(pipe + " must be a file, found a pipe or a device");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aPipeInPlaceOfTheModelIsCalledOne() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    assertThatThrownBy(() -> SavedModels.load(pipe))
        .isInstanceOf(SavedModelException.class)
        .hasMessageContaining("it is a pipe or a device, and a SavedModel is a directory");
  }

  /** The list is of one model; what is loaded is that model, or nothing, and never the other. */
  @Test
  void whatWasCheckedIsWhatIsLoaded() throws Exception {
    Path other = folder.resolve("other");
    assertThat(export(other, 2)).isNotEqualTo(honest);
    String data = "variables/variables.data-00000-of-00001";
    Path place = directory.resolve(data);
    Path mine = Files.copy(place, folder.resolve("mine"));
    AtomicBoolean done = new AtomicBoolean();
    Thread swapping = new Thread(() -> swap(place, mine, other.resolve(data), done));
    swapping.start();
    int loaded = 0;
    try {
      for (int i = 0; i < 60; i++) {
        try {
          assertThat(logits(directory)).isEqualTo(honest);
          loaded++;
        } catch (SavedModelException e) {
          assertThat(e.getMessage()).contains("is damaged");
        }
      }
    } finally {
      done.set(true);
      swapping.join();
    }
    assertThat(loaded).isBetween(1, 59);
  }

  private void swap(Path place, Path first, Path second, AtomicBoolean done) {
    try {
      Path link = folder.resolve("link");
      for (int i = 0; !done.get(); i++) {
        Files.createSymbolicLink(link, i % 2 == 0 ? second : first);
        Files.move(link, place, StandardCopyOption.ATOMIC_MOVE);
        Thread.sleep(0, 300_000);
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void valuesOfAnotherShapeAreRefused() throws Exception {
    FunctionWrapper.edit(
        directory,
        meta -> {
          meta.getGraphDefBuilder().getNodeBuilderList().stream()
              .filter(node -> node.getName().equals("fc1.weight"))
              .forEach(
                  node ->
                      node.putAttr(
                          "shape",
                          AttrValue.newBuilder()
                              .setShape(
                                  TensorShapeProto.newBuilder()
                                      .addDim(TensorShapeProto.Dim.newBuilder().setSize(3))
                                      .addDim(TensorShapeProto.Dim.newBuilder().setSize(5)))
                              .build()));
          return meta;
        });
    assertRefused("variable 'fc1.weight' must be of type DT_FLOAT and shape [3, 5], found");
  }

  @Test
  void aVariableThatIsNotInTheFilesIsNamed() throws Exception {
    FunctionWrapper.edit(
        directory,
        meta -> {
          meta.getSaverDefBuilder().clearRestoreOpName();
          meta.getGraphDefBuilder().getNodeBuilderList().stream()
              .filter(node -> node.getName().equals("fc1.weight"))
              .forEach(node -> node.putAttr("shared_name", Attributes.of("elsewhere")));
          return meta;
        });
    assertRefused("variable 'elsewhere' is not in ");
  }

  @Test
  void aVariableThatIsAddedLaterIsAnotherOne() {
    try (LoadedModel loaded = SavedModels.load(directory)) {
      var name = loaded.model().parameters().get(0).name();
      var shape = loaded.model().parameters().get(0).shape();
      var before = loaded.model().parameters().get(0).read(loaded.session());
      var added = Parameter.create(loaded.session().ops(), name, Parameter.Role.WEIGHT, shape);
      added.assign(loaded.session(), FloatArray.zeros(shape.toArray()));
      assertThat(loaded.model().parameters().get(0).read(loaded.session())).isEqualTo(before);
    }
  }
}
