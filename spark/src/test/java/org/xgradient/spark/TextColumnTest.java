package org.xgradient.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xgradient.attribution.Attributor;
import org.xgradient.attribution.AttributorOptions;
import org.xgradient.attribution.XGradient;
import org.xgradient.data.DataException;
import org.xgradient.data.FloatArray;
import org.xgradient.data.Provenance;
import org.xgradient.data.text.EncodedText;
import org.xgradient.data.text.TextClasses;
import org.xgradient.data.text.TextPreprocessing;
import org.xgradient.data.text.Tokenizer;
import org.xgradient.data.text.VocabularyOptions;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Target;
import org.xgradient.training.text.TextModel;
import org.xgradient.training.text.TextModelInfo;
import org.xgradient.training.text.TextNetwork;
import org.xgradient.training.text.TextPredictions;
import org.xgradient.training.text.WordAttributions;

/** Against the library, text by text. */
class TextColumnTest {

  private static final double ROUNDING = 1e-5;
  private static final ImmutableList<String> WORDS =
      ImmutableList.of("what", "Who", "how", "river", "of", "the", "old", "ship");

  @TempDir private static Path folder;
  private static final List<String> TEXTS = new ArrayList<>();
  private static Dataset<Row> rows;

  @BeforeAll
  static void write() throws IOException {
    for (int i = 0; i < 60; i++) {
      StringBuilder text = new StringBuilder();
      for (int word = 0; word <= i % 5; word++) {
        text.append(word == 0 ? "" : " ").append(WORDS.get((i * 7 + word * 3) % WORDS.size()));
      }
      TEXTS.add(text.toString());
    }
    for (String name : List.of("two", "three")) {
      var classes =
          new TextClasses(
              name.equals("two")
                  ? ImmutableList.of("ham", "spam")
                  : ImmutableList.of("place", "thing", "who"));
      var info =
          new TextModelInfo(
              new TextNetwork(TextNetwork.Kind.CNN, 8, 6, ImmutableIntArray.of(1, 2), false),
              TextPreprocessing.fit(
                  TEXTS, Tokenizer.withDefaults(), VocabularyOptions.withDefaults()),
              classes,
              Provenance.ofThisProcess());
      try (GraphSession session = GraphSession.open()) {
        var model = info.embedded().build(session, 3);
        TextModel.write(folder.resolve(name), model, new XGradient(), info);
      }
    }
    rows =
        LocalSpark.session()
            .createDataset(TEXTS, Encoders.STRING())
            .toDF("text")
            .withColumn("id", functions.monotonically_increasing_id())
            .coalesce(1)
            .cache();
  }

  private static AttributionTransformer stage(String model) {
    return AttributionTransformer.of(folder.resolve(model).toString()).setIdCol("id");
  }

  @ParameterizedTest
  @ValueSource(strings = {"two", "three"})
  void explainsWordsLikeTheLibrary(String name) {
    List<Row> found =
        stage(name)
            .setOutputType("struct")
            .setPredictionCol("prediction")
            .setTargetClasses("predicted")
            .transform(rows)
            .orderBy("id")
            .collectAsList();
    assertThat(found).hasSize(TEXTS.size());
    try (TextModel model = TextModel.load(folder.resolve(name))) {
      List<String> texts = found.stream().map(row -> row.<String>getAs("text")).toList();
      ImmutableList<EncodedText> encoded = model.encode(texts);
      FloatArray tokens = model.info().preprocessing().tokens(encoded);
      var attributions =
          Attributor.of(
                  model,
                  new XGradient(),
                  AttributorOptions.withDefaults().withTarget(Target.predicted()))
              .attribute(tokens);
      FloatArray words = WordAttributions.of(attributions).values();
      TextPredictions predictions = model.predict(encoded);
      for (int i = 0; i < found.size(); i++) {
        int best = predictions.predicted(i);
        int sign = name.equals("two") && best == 0 ? -1 : 1;
        assertThat(found.get(i).<String>getAs("prediction"))
            .isEqualTo(model.info().classes().names().get(best));
        List<Row> shares = found.get(i).getList(found.get(i).fieldIndex("attribution"));
        assertThat(shares)
            .extracting(row -> row.<String>getAs("word"))
            .isEqualTo(encoded.get(i).words());
        double sum = 0;
        for (int word = 0; word < shares.size(); word++) {
          double share = shares.get(word).<Double>getAs("attribution");
          sum += share;
          assertThat(share)
              .isEqualTo(sign * words.values()[i * words.rowSize() + word], within(ROUNDING));
        }
        // X-Gradient adds up to the output.
        assertThat(sum).isEqualTo(found.get(i).<Double>getAs("explained"), within(ROUNDING));
      }
    }
  }

  @Test
  void wordsAreArraysAndRowsOfTheirOwn() {
    AttributionTransformer stage = stage("three").setTargetClasses("who");
    List<Row> arrays = stage.transform(rows).orderBy("id").collectAsList();
    for (Row row : arrays) {
      assertThat(row.getList(row.fieldIndex("attribution")))
          .hasSize(row.<String>getAs("text").split(" ", -1).length);
    }
    Dataset<Row> byWord = stage.explainLong(rows);
    assertThat(byWord.columns()).containsExactly("id", "column", "attribution");
    assertThat(byWord.filter("id = 4").collectAsList())
        .extracting(row -> row.getString(1))
        .isEqualTo(List.of(arrays.get(4).<String>getAs("text").split(" ", -1)));
    Dataset<Row> named = stage.setIdCol("word").explainLong(rows.withColumnRenamed("id", "word"));
    assertThat(named.filter("word = 4").drop("word").collectAsList())
        .isEqualTo(byWord.filter("id = 4").drop("id").collectAsList());
    Dataset<Row> one = stage.setIdCol("one").explainLong(rows.withColumnRenamed("id", "one"));
    assertThat(one.columns()).containsExactly("one", "column", "attribution");
    stage.setIdCol("id");
    // Whatever the partitions are.
    assertThat(stage.transform(rows.repartition(7)).orderBy("id").collectAsList())
        .isEqualTo(arrays);
  }

  @Test
  void refusesWhatTextsDoNotHave() {
    assertThatThrownBy(() -> stage("two").setOutputType("vector").transform(rows))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("of a model of texts must be array or struct, found vector");
    assertThatThrownBy(() -> stage("two").setBaseline(1).transform(rows))
        .hasMessageContaining("explained against a text of blanks; leave baseline out");
    assertThatThrownBy(() -> stage("two").setReferences(rows, 5, 1))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("is for models of columns or vectors, found one of texts");
    assertThatThrownBy(() -> stage("two").setTextCol("body").transform(rows))
        .hasMessageContaining("textCol needs a column \"body\"");
    assertThatThrownBy(() -> stage("two").setTextCol("id").setIdCol("").transform(rows))
        .hasMessageContaining("column \"id\" must be text, found bigint");
    assertThatThrownBy(() -> GlobalViews.of(stage("two"), rows))
        .hasMessageContaining("global views are of columns");
    Dataset<Row> blank = rows.withColumn("text", functions.lit(" "));
    assertThatThrownBy(() -> stage("two").transform(blank).collectAsList())
        .hasStackTraceContaining("column \"text\" must be a text with words, found \" \"");
    assertThat(stage("two").setHandleInvalid("skip").transform(blank).count()).isZero();
  }
}
