package org.xgradient.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stage in a process that ends one application of Spark and begins another, as notebooks do. */
class SecondApplicationTest {

  @TempDir private Path folder;

  @Test
  void takesTheModelOfAStage() throws IOException {
    Customers customers = Customers.write(folder, 150);
    Path model = customers.model(folder.resolve("model"), Customers.BINARY, false);
    AttributionTransformer stage = AttributionTransformer.of(model.toString());
    List<Row> first = stage.transform(customers.rows()).orderBy("id").collectAsList();
    LocalSpark.session().stop();
    assertThat(stage.transform(customers.rows()).orderBy("id").collectAsList()).isEqualTo(first);
  }
}
