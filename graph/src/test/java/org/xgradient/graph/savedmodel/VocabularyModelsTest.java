package org.xgradient.graph.savedmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.AssetFileDef;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.CollectionDef;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NameAttrList;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.graphdef.Attributes;
import org.xgradient.graph.runtime.SessionOptions;

/**
 * Keras' {@code StringLookup} with a vocabulary in a file: what is not in the table is token 1, the
 * words of {@code assets/words.txt} are tokens from 2 on.
 */
class VocabularyModelsTest {

  private static final float[][] TABLE = {{0, 0}, {1, 1}, {2, -1}, {5, 3}};

  @TempDir Path folder;
  private Path model;

  @BeforeEach
  void export() throws Exception {
    model = folder.resolve("model");
    try (GraphSession session = GraphSession.open(SessionOptions.singleThreaded())) {
      var tf = session.ops();
      var word = tf.withName("word").placeholder(TString.class, Placeholder.shape(Shape.of(-1, 2)));
      Output<?> table =
          tf.scope()
              .opBuilder("HashTableV2", "table")
              .setAttr("key_dtype", DataType.DT_STRING)
              .setAttr("value_dtype", DataType.DT_INT64)
              .setAttr("shared_name", "12_load")
              .build()
              .output(0);
      Output<TInt64> found =
          tf.scope()
              .opBuilder("LookupTableFindV2", "find")
              .addInput(table)
              .addInput(word.asOutput())
              .addInput(tf.constant(-1L).asOutput())
              .build()
              .output(0)
              .expect(TInt64.class);
      var unknown = tf.math.equal(found, tf.constant(-1L));
      var tokens = tf.select(unknown, tf.onesLike(found), found);
      var embedded = tf.gather(tf.constant(TABLE), tokens, tf.constant(0));
      var pooled = tf.math.mean(embedded, tf.constant(1));
      var logits = tf.linalg.matMul(pooled, tf.constant(new float[][] {{2}, {1}}));
      SavedModels.write(
          model,
          session,
          List.of(
              SignatureSpec.of(SignatureSpec.SERVING)
                  .withInput("word", word)
                  .withOutput("logits", logits)));
    }
    Files.createDirectory(model.resolve("assets"));
    Files.writeString(model.resolve("assets/words.txt"), "good\nbad\n");
  }

  private static NodeDef.Builder node(String name, String type, String... inputs) {
    return NodeDef.newBuilder().setName(name).setOp(type).addAllInput(List.of(inputs));
  }

  private static NodeDef fill(String name, String table, String file) {
    return node(name, "InitializeTableFromTextFileV2", table, file)
        .putAttr("key_index", integer(-2))
        .putAttr("value_index", integer(-1))
        .putAttr("offset", integer(2))
        .build();
  }

  private static AttrValue integer(long value) {
    return AttrValue.newBuilder().setI(value).build();
  }

  /** The name of the file, which TensorFlow replaces by its place when it loads the model. */
  private static void addAsset(MetaGraphDef.Builder meta) {
    TensorProto name =
        TensorProto.newBuilder()
            .setDtype(DataType.DT_STRING)
            .setTensorShape(TensorShapeProto.getDefaultInstance())
            .addStringVal(ByteString.copyFromUtf8("/home/me/words.txt"))
            .build();
    meta.getGraphDefBuilder()
        .addNode(
            node("Const_7", "Const")
                .putAttr("dtype", Attributes.of(DataType.DT_STRING))
                .putAttr("value", AttrValue.newBuilder().setTensor(name).build()));
    meta.addAssetFileDef(
        AssetFileDef.newBuilder()
            .setFilename("words.txt")
            .setTensorInfo(TensorInfo.newBuilder().setName("Const_7:0")));
  }

  /** TensorFlow 2: the initializer of the table is a function, which is passed the asset. */
  private static MetaGraphDef.Builder byFunction(MetaGraphDef.Builder meta) {
    addAsset(meta);
    FunctionDef.Builder function = FunctionDef.newBuilder();
    var signature = function.getSignatureBuilder().setName("initializer");
    signature.addInputArgBuilder().setName("handle").setType(DataType.DT_RESOURCE);
    signature.addInputArgBuilder().setName("file").setType(DataType.DT_STRING);
    signature.addOutputArgBuilder().setName("done").setType(DataType.DT_INT32);
    function
        .addNodeDef(fill("fill", "handle", "file"))
        .addNodeDef(
            node("one", "Const", "^fill")
                .putAttr("dtype", Attributes.of(DataType.DT_INT32))
                .putAttr("value", Attributes.scalar(1)))
        .putRet("done", "one:output:0");
    meta.getGraphDefBuilder().getLibraryBuilder().addFunction(function);
    meta.getGraphDefBuilder()
        .addNode(
            node("StatefulPartitionedCall_9", "StatefulPartitionedCall", "table", "Const_7")
                .putAttr("Tin", types(DataType.DT_RESOURCE, DataType.DT_STRING))
                .putAttr("Tout", types(DataType.DT_INT32))
                .putAttr(
                    "f",
                    AttrValue.newBuilder()
                        .setFunc(NameAttrList.newBuilder().setName("initializer"))
                        .build()))
        .addNode(node("NoOp", "NoOp", "^StatefulPartitionedCall_9"));
    meta.putSignatureDef(
        "__saved_model_init_op",
        SignatureDef.newBuilder()
            .putOutputs("__saved_model_init_op", TensorInfo.newBuilder().setName("NoOp").build())
            .build());
    return meta;
  }

  private static AttrValue types(DataType... types) {
    return AttrValue.newBuilder()
        .setList(AttrValue.ListValue.newBuilder().addAllType(ImmutableList.copyOf(types)))
        .build();
  }

  /** TensorFlow 1: a collection names the operation. */
  private static MetaGraphDef.Builder byCollection(MetaGraphDef.Builder meta) {
    addAsset(meta);
    meta.getGraphDefBuilder().addNode(fill("fill", "table", "Const_7"));
    meta.putCollectionDef(
        "table_initializer",
        CollectionDef.newBuilder()
            .setNodeList(CollectionDef.NodeList.newBuilder().addValue("fill"))
            .build());
    return meta;
  }

  /** Estimators of TensorFlow 1 list the files in a collection alone. */
  private static MetaGraphDef.Builder byCollectionOfAssets(MetaGraphDef.Builder meta) {
    byCollection(meta);
    var assets = CollectionDef.AnyList.newBuilder();
    meta.getAssetFileDefList().forEach(asset -> assets.addValue(Any.pack(asset)));
    return meta.clearAssetFileDef()
        .putCollectionDef(
            "saved_model_assets", CollectionDef.newBuilder().setAnyList(assets).build());
  }

  /** TensorFlow 2.9 makes the table in a function, whose result is passed to what fills it. */
  private static MetaGraphDef.Builder madeByFunction(MetaGraphDef.Builder meta) {
    byFunction(meta);
    var graph = meta.getGraphDefBuilder();
    FunctionDef.Builder creator = FunctionDef.newBuilder();
    var signature = creator.getSignatureBuilder().setName("creator");
    signature.addOutputArgBuilder().setName("handle").setType(DataType.DT_RESOURCE);
    for (int i = 0; i < graph.getNodeCount(); i++) {
      NodeDef table = graph.getNode(i);
      if (table.getOp().equals("HashTableV2")) {
        creator
            .addNodeDef(table)
            .addNodeDef(
                node("passed", "Identity", "table:table_handle:0")
                    .putAttr("T", Attributes.of(DataType.DT_RESOURCE)))
            .putRet("handle", "passed:output:0");
        graph.setNode(
            i,
            node("table", "StatefulPartitionedCall")
                .putAttr("Tin", types())
                .putAttr("Tout", types(DataType.DT_RESOURCE))
                .putAttr(
                    "f",
                    AttrValue.newBuilder()
                        .setFunc(NameAttrList.newBuilder().setName("creator"))
                        .build()));
      }
    }
    graph.getLibraryBuilder().addFunction(creator);
    return meta;
  }

  /** TensorFlow 2.5 keeps the name of the file in a variable. */
  private static MetaGraphDef.Builder nameInVariable(MetaGraphDef.Builder meta) {
    byFunction(meta);
    var graph = meta.getGraphDefBuilder();
    for (NodeDef.Builder node : graph.getNodeBuilderList()) {
      if (node.getName().equals("StatefulPartitionedCall_9")) {
        node.setInput(1, "name/Read").addInput("^name/Assign");
      }
      if (node.getName().equals("Const_7")) {
        node.setOp("Placeholder").removeAttr("value");
      }
    }
    AttrValue text = Attributes.of(DataType.DT_STRING);
    graph
        .addNode(node("name", "VarHandleOp").putAttr("dtype", text).putAttr("shape", shape()))
        .addNode(node("name/Assign", "AssignVariableOp", "name", "Const_7").putAttr("dtype", text))
        .addNode(node("name/Read", "ReadVariableOp", "name").putAttr("dtype", text));
    return meta;
  }

  private static AttrValue shape(long... sizes) {
    return AttrValue.newBuilder().setShape(shapeOf(sizes)).build();
  }

  private static TensorShapeProto shapeOf(long... sizes) {
    var shape = TensorShapeProto.newBuilder();
    for (long size : sizes) {
      shape.addDimBuilder().setSize(size);
    }
    return shape.build();
  }

  /** TensorFlow 1 numbers the words by {@code Cast(Range(0, Size(words), 1))}. */
  private static MetaGraphDef.Builder numbered(MetaGraphDef.Builder meta, int start, int delta) {
    AttrValue integers = Attributes.of(DataType.DT_INT32);
    var words = TensorProto.newBuilder().setDtype(DataType.DT_STRING).setTensorShape(shapeOf(2));
    words
        .addStringVal(ByteString.copyFromUtf8("good"))
        .addStringVal(ByteString.copyFromUtf8("bad"));
    meta.getGraphDefBuilder()
        .addNode(
            node("words", "Const")
                .putAttr("dtype", Attributes.of(DataType.DT_STRING))
                .putAttr("value", AttrValue.newBuilder().setTensor(words).build()))
        .addNode(constant("start", start))
        .addNode(constant("delta", delta))
        .addNode(constant("first", 2 - start))
        .addNode(
            node("size", "Size", "words")
                .putAttr("T", Attributes.of(DataType.DT_STRING))
                .putAttr("out_type", integers))
        .addNode(node("limit", "AddV2", "start", "size").putAttr("T", integers))
        .addNode(node("range", "Range", "start", "limit", "delta").putAttr("Tidx", integers))
        .addNode(node("tokens", "Add", "range", "first").putAttr("T", integers))
        .addNode(
            node("ToInt64", "Cast", "tokens")
                .putAttr("SrcT", integers)
                .putAttr("DstT", Attributes.of(DataType.DT_INT64)))
        .addNode(node("fill", "LookupTableImportV2", "table", "words", "ToInt64"))
        .addNode(node("group_deps", "NoOp", "^fill"));
    return meta.putCollectionDef(
        "saved_model_main_op",
        CollectionDef.newBuilder()
            .setNodeList(CollectionDef.NodeList.newBuilder().addValue("group_deps"))
            .build());
  }

  private static NodeDef constant(String name, int value) {
    return node(name, "Const")
        .putAttr("dtype", Attributes.of(DataType.DT_INT32))
        .putAttr("value", Attributes.scalar(value))
        .build();
  }

  private LoadedModel load() {
    return SavedModels.load(
        model, LoadOptions.withDefaults().withSession(SessionOptions.singleThreaded()));
  }

  private static Stream<Named<UnaryOperator<MetaGraphDef.Builder>>> exporters() {
    return Stream.of(
        Named.of("function", VocabularyModelsTest::byFunction),
        Named.of("collection", VocabularyModelsTest::byCollection),
        Named.of("collection of assets", VocabularyModelsTest::byCollectionOfAssets),
        Named.of("table made by a function", VocabularyModelsTest::madeByFunction),
        Named.of("name in a variable", VocabularyModelsTest::nameInVariable),
        Named.of("numbers from 0", meta -> numbered(meta, 0, 1)),
        Named.of("numbers from 7", meta -> numbered(meta, 7, 1)));
  }

  @ParameterizedTest
  @MethodSource("exporters")
  void areLookedUpAndExplainedAtTheEmbedding(UnaryOperator<MetaGraphDef.Builder> exporter)
      throws Exception {
    FunctionWrapper.edit(model, exporter);
    try (LoadedModel loaded = load()) {
      Examples examples =
          loaded.examples(InputValues.of(List.of("good", "bad", "good", "ugly"), 2, 2));
      assertThat(examples.explained().values()).containsExactly(2, -1, 5, 3, 2, -1, 1, 1);
      // (2 (2 + 5) + (-1 + 3)) / 2 and (2 (2 + 1) + (-1 + 1)) / 2
      assertThat(loaded.logits(examples).values()).containsExactly(8, 3);
    }
  }

  /** What is not worked out is refused, and not run. */
  @Test
  void areRefusedIfTheirNumbersAreNotFound() throws Exception {
    FunctionWrapper.edit(model, meta -> numbered(meta, 0, 2));
    assertThatThrownBy(this::load)
        .isInstanceOf(SavedModelException.class)
        .hasMessageContaining("table (HashTableV2) stands in the way: what is in this table");
  }

  /** Two names in one variable: which one is read depends on the order of the operations. */
  @Test
  void areRefusedIfAVariableHasTwoNames() throws Exception {
    FunctionWrapper.edit(model, VocabularyModelsTest::nameInVariable);
    FunctionWrapper.edit(
        model,
        meta -> {
          meta.getGraphDefBuilder()
              .addNode(
                  node("again", "AssignVariableOp", "name", "Const_7")
                      .putAttr("dtype", Attributes.of(DataType.DT_STRING)))
              .addNode(node("init", "NoOp", "^again"));
          return meta.putCollectionDef(
              "table_initializer",
              CollectionDef.newBuilder()
                  .setNodeList(CollectionDef.NodeList.newBuilder().addValue("init"))
                  .build());
        });
    assertThatThrownBy(this::load)
        .isInstanceOf(SavedModelException.class)
        .hasMessageContaining("table (HashTableV2) stands in the way: what is in this table");
  }

  @Test
  void needTheirFile() throws Exception {
    FunctionWrapper.edit(model, VocabularyModelsTest::byFunction);
    Files.delete(model.resolve("assets/words.txt"));
    assertThatThrownBy(this::load)
        .isInstanceOf(SavedModelException.class)
        .hasMessageContaining("it must have the file assets/words.txt, found none");
  }

  /** A file that is no asset is somewhere on the machine of whoever exported the model. */
  @Test
  void areRefusedIfTheFileIsNotTheModels() throws Exception {
    FunctionWrapper.edit(model, VocabularyModelsTest::byFunction);
    FunctionWrapper.edit(model, MetaGraphDef.Builder::clearAssetFileDef);
    assertThatThrownBy(this::load)
        .isInstanceOf(SavedModelException.class)
        .hasMessageContaining("table (HashTableV2) stands in the way")
        .hasMessageContaining("nor in a file of the model's assets");
    FunctionWrapper.edit(
        model,
        meta ->
            meta.addAssetFileDef(
                AssetFileDef.newBuilder()
                    .setFilename("../words.txt")
                    .setTensorInfo(TensorInfo.newBuilder().setName("Const_7:0"))));
    assertThatThrownBy(this::load)
        .isInstanceOf(SavedModelException.class)
        .hasMessageContaining("must be that of a file in assets, found ../words.txt");
  }
}
