package org.xgradient.graph.savedmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.CollectionDef;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;
import org.tensorflow.types.family.TType;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.graphdef.Attributes;
import org.xgradient.graph.runtime.SessionOptions;

/** A recommender that fails on products that its table does not know, 0 among them. */
class KnownKeysTest {

  private static final float[][] EMBEDDINGS = {{1, 2}, {3, 5}};

  @TempDir Path folder;

  private Path export(DataType keys, TensorProto.Builder known, long first) throws Exception {
    Path model = folder.resolve("model");
    try (GraphSession session = GraphSession.open(SessionOptions.singleThreaded())) {
      var tf = session.ops();
      Operand<? extends TType> product;
      Operand<? extends TType> key;
      if (keys == DataType.DT_STRING) {
        product =
            tf.withName("product").placeholder(TString.class, Placeholder.shape(Shape.of(-1)));
        key = product;
      } else {
        var number =
            tf.withName("product").placeholder(TInt32.class, Placeholder.shape(Shape.of(-1)));
        product = number;
        key = tf.dtypes.cast(number, TInt64.class);
      }
      Output<?> table =
          tf.scope()
              .opBuilder("HashTableV2", "table")
              .setAttr("key_dtype", keys)
              .setAttr("value_dtype", DataType.DT_INT64)
              .build()
              .output(0);
      Output<TInt64> found =
          tf.scope()
              .opBuilder("LookupTableFindV2", "find")
              .addInput(table)
              .addInput(key.asOutput())
              .addInput(tf.constant(-1L).asOutput())
              .build()
              .output(0)
              .expect(TInt64.class);
      var embedded = tf.gather(tf.constant(EMBEDDINGS), found, tf.constant(0));
      var logits = tf.linalg.matMul(embedded, tf.constant(new float[][] {{10}, {1}}));
      SavedModels.write(
          model,
          session,
          List.of(
              SignatureSpec.of(SignatureSpec.SERVING)
                  .withInput("product", product)
                  .withOutput("score", logits)));
    }
    var places = TensorProto.newBuilder().setDtype(DataType.DT_INT64);
    FunctionWrapper.edit(
        model,
        meta ->
            filled(meta, known.setDtype(keys), places.addInt64Val(first).addInt64Val(first + 1)));
    return model;
  }

  private static MetaGraphDef.Builder filled(
      MetaGraphDef.Builder meta, TensorProto.Builder keys, TensorProto.Builder values) {
    meta.getGraphDefBuilder()
        .addNode(constant("keys", keys))
        .addNode(constant("values", values))
        .addNode(
            NodeDef.newBuilder()
                .setName("fill")
                .setOp("LookupTableImportV2")
                .addInput("table")
                .addInput("keys")
                .addInput("values"));
    return meta.putCollectionDef(
        "table_initializer",
        CollectionDef.newBuilder()
            .setNodeList(CollectionDef.NodeList.newBuilder().addValue("fill"))
            .build());
  }

  private static NodeDef constant(String name, TensorProto.Builder value) {
    value.setTensorShape(
        TensorShapeProto.newBuilder().addDim(TensorShapeProto.Dim.newBuilder().setSize(2)));
    return NodeDef.newBuilder()
        .setName(name)
        .setOp("Const")
        .putAttr("dtype", Attributes.of(value.getDtype()))
        .putAttr("value", AttrValue.newBuilder().setTensor(value).build())
        .build();
  }

  private static LoadedModel load(Path model) {
    return SavedModels.load(
        model, LoadOptions.withDefaults().withSession(SessionOptions.singleThreaded()));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aModelThatFailsOnZerosIsTriedOnThem(boolean texts) throws Exception {
    Path model =
        texts
            ? export(
                DataType.DT_STRING,
                TensorProto.newBuilder()
                    .addStringVal(ByteString.copyFromUtf8("tea"))
                    .addStringVal(ByteString.copyFromUtf8("rice")),
                0)
            : export(
                DataType.DT_INT64, TensorProto.newBuilder().addInt64Val(30).addInt64Val(40), 0);
    try (LoadedModel loaded = load(model)) {
      assertThat(loaded.notes())
          .anySatisfy(
              note ->
                  assertThat(note)
                      .contains("the model fails on zeros and empty texts")
                      .contains("it runs on keys of its tables: give inputs that are among them")
                      .hasLineCount(1));
      InputValues given =
          texts
              ? InputValues.of(List.of("rice", "tea"), 2)
              : InputValues.of(new double[] {40, 30}, 2);
      assertThat(loaded.logits(loaded.examples(given)).values()).containsExactly(35, 12);
      InputValues unknown =
          texts
              ? InputValues.of(List.of("rice", "tea", "salt"), 3)
              : InputValues.of(new double[] {40, 30, 7}, 3);
      String said =
          texts
              ? "the model fails on row 3 (product=\"salt\"): indices[0] = -1 is not in [0, 2); it may"
              : "the model fails on row 3 (product=7): indices[0] = -1 is not in [0, 2); it may";
      assertThatThrownBy(() -> loaded.examples(unknown))
          .isInstanceOf(RowFailedException.class)
          .hasMessageContaining(said)
          .hasMessageEndingWith("such as product=" + (texts ? "\"tea\"" : "30"));
      assertThatThrownBy(() -> loaded.logits(Map.of("product", unknown)))
          .isInstanceOfSatisfying(
              RowFailedException.class,
              failed ->
                  assertThat(failed.after(10))
                      .hasMessageStartingWith("the model fails on row 13 ("))
          .hasMessageContaining(said);
    }
  }

  /** Nothing runs where the places that the table gives are not there. */
  @Test
  void aModelThatFailsOnThemTooIsRefused() throws Exception {
    var known = TensorProto.newBuilder().addInt64Val(30).addInt64Val(40);
    Path model = export(DataType.DT_INT64, known, 7);
    assertThatThrownBy(() -> load(model))
        .isInstanceOf(SavedModelException.class)
        .hasMessageContaining("the model fails on zeros and empty texts, a batch of 1")
        .hasMessageContaining("indices");
  }
}
