package org.xgradient.experiments.mortality;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.primitives.ImmutableDoubleArray;
import com.google.common.primitives.ImmutableIntArray;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xgradient.data.DataException;
import org.xgradient.data.table.Column;
import org.xgradient.data.table.NumericColumn;
import org.xgradient.data.table.Table;

class NhanesTest {

  private static final String HEADER =
      ",Age,Diastolic BP,Poverty index,Race,Red blood cells,Sedimentation rate,Serum Albumin,"
          + "Serum Cholesterol,Serum Iron,Serum Magnesium,Serum Protein,Sex,Systolic BP,TIBC,TS,"
          + "White blood cells,BMI,Pulse pressure\n";

  @TempDir Path folder;

  @Test
  void labelsByHorizon() {
    FollowUp followUp =
        new FollowUp(ImmutableDoubleArray.of(3, 10, 10.5, -9.9, -10, -12, 0, -0.0, 22));
    FollowUp.Labels labels = followUp.labelsAt(10);
    assertThat(labels.rows()).isEqualTo(ImmutableIntArray.of(0, 1, 2, 4, 5, 8));
    assertThat(labels.alive()).isEqualTo(ImmutableIntArray.of(0, 0, 1, 1, 1, 1));
    assertThat(labels.dropped()).isEqualTo(3);
    assertThat(labels.deadCount()).isEqualTo(2);
    assertThat(labels.aliveCount()).isEqualTo(4);
  }

  @Test
  void readsTheSubset() {
    write(Nhanes.FEATURES_FILE, subset(40));
    write(Nhanes.FOLLOW_UP_FILE, followUp(40));
    Cohort cohort = Nhanes.read(folder);
    assertThat(cohort.features().columns())
        .hasSize(18)
        .first()
        .extracting(Column::name)
        .isEqualTo("Age");
    Table table = cohort.labelledAt(10);
    // Deaths after 0 (no follow-up), 1, ..., 39 years; every third person is last seen alive then.
    assertThat(table.rows()).isEqualTo(40 - 4);
    assertThat(table.numeric(Cohort.LABEL).value(0)).isZero();
    assertThat(table.numeric("Age").value(1)).isEqualTo(27);
  }

  @Test
  void expandsTheSubsetTo118Columns() {
    write(Nhanes.FEATURES_FILE, subset(101));
    write(Nhanes.FOLLOW_UP_FILE, followUp(101));
    Table expanded = TailIndicators.expand(Nhanes.read(folder).features());
    assertThat(expanded.columns()).hasSize(118);
    // Ages are 25, 26, ..., 125, so the quantiles at 2 and 98 % are 27 and 123.
    assertThat(set(expanded, "Age < 2%")).containsExactly(0, 1);
    assertThat(set(expanded, "Age < 10%")).hasSize(10);
    assertThat(set(expanded, "Age > 98%")).containsExactly(99, 100);
    assertThat(set(expanded, "isFemale")).hasSize(50);
    assertThat(set(expanded, "race_2")).hasSize(34);
    assertThat(set(expanded, "race_3")).hasSize(33);
    assertThat(set(expanded, "sed_missing")).containsExactly(7);
    assertThat(set(expanded, "bp_missing")).isEmpty();
    assertThat(set(expanded, "Sedimentation rate < 10%")).doesNotContain(7);
    assertThat(expanded.numeric("Sedimentation rate").isMissing(7)).isTrue();
  }

  @Test
  void readsFeaturesAndLabelsOfTheSparsityExperiment() throws IOException {
    Path features = write("x.csv", ",a,flag\n9,1.5,True\n4,,False\n7,2,\n");
    Path labels = folder.resolve("y.npy");
    Files.write(labels, npy(1, 0, 1));
    Table table = Nhanes.readLabelled(features, labels);
    assertThat(table.columns()).extracting(Column::name).containsExactly("a", "flag", "alive");
    assertThat(table.numeric("flag").value(0)).isEqualTo(1);
    assertThat(table.numeric("flag").value(1)).isZero();
    assertThat(table.numeric("flag").isMissing(2)).isTrue();
    assertThat(table.numeric("alive").value(1)).isZero();
    Files.write(labels, npy(1, 0));
    assertFails(
        () -> Nhanes.readLabelled(features, labels),
        "must have a label for each of 3 rows, found 2");
    Files.write(labels, npy(1, 0, 0.5));
    assertFails(
        () -> Nhanes.readLabelled(features, labels),
        "labels must be 0 (dead) or 1 (alive), found 0.5 at index 2");
    Files.writeString(labels, "no array");
    assertFails(() -> Nhanes.readLabelled(features, labels), " must be ");
    Path missing = folder.resolve("missing.npy");
    assertFails(
        () -> Nhanes.readLabelled(features, missing),
        "cannot read " + missing + " (there is no such file); check the path");
  }

  @Test
  void refusesFilesThatDoNotFit() {
    Path features = write("x.csv", ",Age\n0,30\n1,40\n");
    assertFails(
        () -> Nhanes.read(features, write("y.csv", ",y\n0,1\n")),
        "must be of the same persons, found 2 and 1 rows");
    assertFails(
        () -> Nhanes.read(features, write("y.csv", ",y\n0,1\n2,1\n")),
        "must number the same persons in the same order, found 1.0 and 2.0 in row 2");
    assertFails(
        () -> Nhanes.read(features, write("y.csv", ",z\n0,1\n1,1\n")),
        "there is no column \"y\"; the columns are \"\", \"z\"");
    assertFails(
        () -> Nhanes.read(features, write("y.csv", ",y\n0,1\n1,\n")),
        "row 2: the years of follow-up are missing; write 0 if there was none");
    assertFails(() -> Nhanes.read(folder), "cannot read " + folder.resolve(Nhanes.FEATURES_FILE));
    assertFails(
        () -> Nhanes.readFeatures(write("x2.csv", ",a\n0,True\n1,no\n")),
        "column \"a\": cells must be numbers, or all of them True or False, found [True, no]");
    assertFails(
        () -> Nhanes.readFeatures(write("x3.csv", ",a,a\n0,1,2\n")),
        "the columns must have different names");
    assertFails(() -> TailIndicators.expand(Nhanes.readFeatures(features)), "no column \"Race\"");
  }

  @Test
  void refusesHorizonsThatLeaveNobody() {
    FollowUp followUp = new FollowUp(ImmutableDoubleArray.of(-3, 0));
    Cohort cohort = new Cohort(Table.of(NumericColumn.of("a", 1, 2)), followUp);
    assertFails(
        () -> cohort.labelledAt(5), "of nobody is it known whether they are alive after 5.0");
    assertThatThrownBy(() -> followUp.labelsAt(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the horizon must be more than 0 years, found 0.0");
    assertThatThrownBy(() -> new FollowUp(ImmutableDoubleArray.of(1, Double.NaN)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("years must be finite, found NaN");
    assertThatThrownBy(
            () -> new Cohort(cohort.features(), new FollowUp(ImmutableDoubleArray.of(1))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("there must be a follow-up for each of 2 persons, found 1");
  }

  /**
   * Person i has age 25 + i, alternates in sex and race, and number 7 has no sedimentation rate.
   */
  private static String subset(int rows) {
    StringBuilder text = new StringBuilder(HEADER);
    for (int i = 0; i < rows; i++) {
      text.append(i).append(',').append(25.0 + i).append(",80,100,").append(1 + i % 3);
      text.append(",40,").append(i == 7 ? "" : i + 1).append(",4,200,100,1.6,7,").append(1 + i % 2);
      text.append(",120,300,30,7.5,25,40\n");
    }
    return text.toString();
  }

  private static String followUp(int rows) {
    StringBuilder text = new StringBuilder(",y\n");
    IntStream.range(0, rows)
        .forEach(i -> text.append(i).append(',').append(i % 3 == 0 ? -i : i).append('\n'));
    return text.toString();
  }

  /** The npy format, version 1, as its specification has it. */
  private static byte[] npy(double... values) {
    String header = "{'descr': '<f8', 'fortran_order': False, 'shape': (" + values.length + ",), }";
    String padded = header + " ".repeat(64 - (10 + header.length() + 1) % 64) + "\n";
    ByteBuffer bytes =
        ByteBuffer.allocate(10 + padded.length() + 8 * values.length)
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.put((byte) 0x93).put("NUMPY".getBytes(ISO_8859_1)).put((byte) 1).put((byte) 0);
    bytes.putShort((short) padded.length()).put(padded.getBytes(ISO_8859_1));
    for (double value : values) {
      bytes.putDouble(value);
    }
    return bytes.array();
  }

  private static int[] set(Table table, String flag) {
    return IntStream.range(0, table.rows())
        .filter(row -> table.numeric(flag).value(row) == 1)
        .toArray();
  }

  private Path write(String name, String text) {
    try {
      return Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void assertFails(ThrowingCallable action, String message) {
    assertThatThrownBy(action)
        .isInstanceOf(DataException.class)
        .hasMessageContaining(message)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
  }
}
