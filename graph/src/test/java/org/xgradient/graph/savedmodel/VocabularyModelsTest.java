package org.xgradient.graph.savedmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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
            .addStringVal(com.google.protobuf.ByteString.copyFromUtf8("/home/me/words.txt"))
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

  private LoadedModel load() {
    return SavedModels.load(
        model, LoadOptions.withDefaults().withSession(SessionOptions.singleThreaded()));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void areLookedUpAndExplainedAtTheEmbedding(boolean function) throws Exception {
    UnaryOperator<MetaGraphDef.Builder> edit =
        function ? VocabularyModelsTest::byFunction : VocabularyModelsTest::byCollection;
    FunctionWrapper.edit(model, edit);
    try (LoadedModel loaded = load()) {
      Examples examples =
          loaded.examples(InputValues.of(List.of("good", "bad", "good", "ugly"), 2, 2));
      assertThat(examples.explained().values()).containsExactly(2, -1, 5, 3, 2, -1, 1, 1);
      // (2 (2 + 5) + (-1 + 3)) / 2 and (2 (2 + 1) + (-1 + 1)) / 2
      assertThat(loaded.logits(examples).values()).containsExactly(8, 3);
    }
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
