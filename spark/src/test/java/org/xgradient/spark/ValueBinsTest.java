package org.xgradient.spark;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.primitives.ImmutableIntArray;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xgradient.data.table.TablePreprocessing;

class ValueBinsTest {

  @TempDir private Path folder;

  /** A task has the bins of all columns, and what each would need is large for tables of many. */
  @Test
  void columnsTravelTogether() throws Exception {
    Customers customers = Customers.write(folder, 120);
    TablePreprocessing preprocessing =
        TablePreprocessing.fit(
            customers.table(), ImmutableIntArray.copyOf(IntStream.range(0, 100)));
    var sent = new ArrayList<>(ValueBins.of(preprocessing));
    var bytes = new ByteArrayOutputStream();
    try (var out = new ObjectOutputStream(bytes)) {
      out.writeObject(sent);
    }
    int json = preprocessing.toJson().getBytes(StandardCharsets.UTF_8).length;
    assertThat(sent.size()).isGreaterThan(2);
    assertThat(bytes.size()).isBetween(json, 2 * json);
    try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      var came = (ArrayList<?>) in.readObject();
      int town = customers.table().columns().stream().map(c -> c.name()).toList().indexOf("town");
      assertThat(((ValueBins) came.get(town)).bin().call("Ulm")).isEqualTo("Ulm");
      assertThat(((ValueBins) came.get(town)).bin().call("Rome")).isEqualTo(GlobalViews.OTHER);
      assertThat(((ValueBins) came.get(town)).value().call("Ulm")).isNull();
      assertThat(((ValueBins) came.get(0)).value().call(42)).isEqualTo(42);
    }
  }
}
