package org.xgradient.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.xgradient.data.DataException;
import org.xgradient.data.Task;

class LabelEncodingTest {

  private static final ImmutableIntArray ALL = ImmutableIntArray.of(0, 1, 2);

  @Test
  void zeroAndOneStayAsTheyAre() {
    NumericColumn column = NumericColumn.of("y", 1, 0, 1);
    LabelEncoding encoding = LabelEncoding.fit(column, ALL);
    assertThat(encoding.task()).isEqualTo(Task.BINARY);
    assertThat(encoding.classes()).containsExactly("0", "1");
    assertThat(encoding.encode(column).values()).containsExactly(1, 0, 1);
    assertThat(encoding.outputs()).isEqualTo(1);
  }

  @Test
  void numericClassesAreInNumericOrder() {
    NumericColumn column = NumericColumn.of("y", 10, 9, -2);
    LabelEncoding encoding = LabelEncoding.fit(column, ALL);
    assertThat(encoding.task()).isEqualTo(Task.MULTICLASS);
    assertThat(encoding.classes()).containsExactly("-2", "9", "10");
    assertThat(encoding.encode(column).values()).containsExactly(2, 1, 0);
    assertThat(encoding.outputs()).isEqualTo(3);
  }

  @Test
  void textsAreInOrderOfTheirNames() {
    CategoricalColumn column =
        CategoricalColumn.of("y", ImmutableList.of("yes", "no", "?"), 0, 1, 1);
    LabelEncoding encoding = LabelEncoding.fit(column, ALL);
    assertThat(encoding.task()).isEqualTo(Task.BINARY);
    assertThat(encoding.classes()).containsExactly("no", "yes");
    assertThat(encoding.encode(column).values()).containsExactly(1, 0, 0);
  }

  @Test
  void textsThatAreHardlyEverAlikeAreNoClasses() {
    CategoricalColumn names = names(50, 40);
    assertThatThrownBy(() -> LabelEncoding.fit(names, ALL))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "label \"y\" has 40 different texts in 50 rows, too many to be classes; choose another"
                + " label, or say that they are (--task multiclass)");
    assertThat(LabelEncoding.fit(names, ALL, Task.MULTICLASS).outputs()).isEqualTo(40);
    assertThat(LabelEncoding.fit(names(50, 25), ALL).outputs()).isEqualTo(25);
  }

  private static CategoricalColumn names(int rows, int different) {
    return CategoricalColumn.of(
        "y",
        IntStream.range(0, different).mapToObj(i -> "p%03d".formatted(100 * i + i)).toList(),
        IntStream.range(0, rows).map(i -> i % different).toArray());
  }

  @Test
  void aLabelThatIsNowhereIsNoAdviceToLeaveRowsOut() {
    NumericColumn column = NumericColumn.of("y", Double.NaN, Double.NaN);
    assertThatThrownBy(() -> LabelEncoding.fit(column, ALL))
        .hasMessage(
            "label \"y\" is missing in all rows, of which there are 2; choose another label");
  }

  @Test
  void regressionLabelsAreStandardisedOverTheTrainingRows() {
    NumericColumn column = NumericColumn.of("y", 1.5, 3.5, 100);
    LabelEncoding encoding = LabelEncoding.fit(column, ImmutableIntArray.of(0, 1));
    assertThat(encoding.task()).isEqualTo(Task.REGRESSION);
    assertThat(encoding.encode(column).values()).containsExactly(-1, 1, 97.5f);
    assertThat(encoding.restore(97.5)).isEqualTo(100, within(1e-12));
    assertThat(encoding.classes()).isEmpty();
    assertThat(encoding.outputs()).isEqualTo(1);
  }

  @Test
  void manyWholeNumbersAreARegressionUnlessForced() {
    NumericColumn few = NumericColumn.of("y", IntStream.range(0, 20).asDoubleStream().toArray());
    NumericColumn many = NumericColumn.of("y", IntStream.range(0, 21).asDoubleStream().toArray());
    assertThat(LabelEncoding.fit(few, ALL).task()).isEqualTo(Task.MULTICLASS);
    assertThat(LabelEncoding.fit(many, ALL).task()).isEqualTo(Task.REGRESSION);
    assertThat(LabelEncoding.fit(many, ALL, Task.MULTICLASS).outputs()).isEqualTo(21);
    assertThat(LabelEncoding.fit(few, ALL, Task.REGRESSION).outputs()).isEqualTo(1);
  }

  @Test
  void survivesJson() {
    CategoricalColumn text = CategoricalColumn.of("y", ImmutableList.of("b", "a"), 0, 1, 1);
    LabelEncoding classes = LabelEncoding.fit(text, ALL);
    assertThat(LabelEncoding.fromJson(classes.toJson())).isEqualTo(classes);
    LabelEncoding regression =
        LabelEncoding.fit(NumericColumn.of("y", 0.1, 0.2, 0.4), ALL, Task.REGRESSION);
    assertThat(LabelEncoding.fromJson(regression.toJson())).isEqualTo(regression);
    assertFails(
        () -> LabelEncoding.fromJson(classes.toJson().replace("BINARY", "REGRESSION")),
        "the xgradient label encoding is damaged: REGRESSION must not have the classes [a, b]");
    assertFails(
        () -> LabelEncoding.fromJson(classes.toJson().replace("BINARY", "TERNARY")),
        "is damaged: there is no Task \"TERNARY\"");
    assertFails(
        () -> LabelEncoding.fromJson(TablePreprocessing.fit(Table.of(text), ALL).toJson()),
        "must be a file of the format \"xgradient label encoding\", found \"xgradient table");
  }

  @Test
  void refusesLabelsThatCannotBeLearned() {
    assertFails(
        () -> LabelEncoding.fit(NumericColumn.of("y", 1, 1, 1), ALL),
        "label \"y\" must have at least two different values, found only \"1\"; choose another");
    assertFails(
        () -> LabelEncoding.fit(NumericColumn.of("y", 1, 1, 1), ALL, Task.REGRESSION),
        "label \"y\" must have at least two different values, found only 1.0");
    assertFails(
        () -> LabelEncoding.fit(NumericColumn.of("y", 1, Double.NaN, 0), ALL),
        "row 2 (the header not counted): label \"y\" is missing; fill it in, or leave such rows out (train does with");
    assertFails(
        () -> LabelEncoding.fit(NumericColumn.of("y", 1, 2, 3), ALL, Task.BINARY),
        "label \"y\" must have two classes for a binary task, found 3: \"1\", \"2\", \"3\"");
    CategoricalColumn text = CategoricalColumn.of("y", ImmutableList.of("a", "b"), 0, 1, 1);
    assertFails(
        () -> LabelEncoding.fit(text, ALL, Task.REGRESSION),
        "label \"y\" must be numeric for a regression, found levels such as \"a\"");
    assertFails(
        () -> LabelEncoding.fit(NumericColumn.of("y"), ImmutableIntArray.of()),
        "label \"y\" must have at least one row");
  }

  @Test
  void refusesLabelsThatWereNotSeen() {
    CategoricalColumn text = CategoricalColumn.of("y", ImmutableList.of("a", "b"), 0, 1, 1);
    LabelEncoding encoding = LabelEncoding.fit(text, ALL);
    CategoricalColumn other = CategoricalColumn.of("y", ImmutableList.of("a", "c"), 0, 1);
    assertFails(
        () -> encoding.encode(other),
        "row 2 (the header not counted): label \"y\" must be one of \"a\", \"b\", found \"c\"");
    LabelEncoding regression =
        LabelEncoding.fit(NumericColumn.of("y", 0.1, 0.2, 0.4), ALL, Task.REGRESSION);
    assertFails(
        () -> regression.encode(NumericColumn.of("y", 0, 1e300)),
        "row 2 (the header not counted), column \"y\": the label is too large to be standardised, found 1.0E300");
    assertFails(
        () -> LabelEncoding.fit(NumericColumn.of("y", 1e200, -1e200, 0), ALL, Task.REGRESSION),
        "the numbers of label \"y\" are too large to be standardised");
    assertFails(() -> regression.encode(text), "label \"y\" must be numeric, found a categorical");
  }

  private static void assertFails(ThrowingCallable action, String message) {
    assertThatThrownBy(action).isInstanceOf(DataException.class).hasMessageContaining(message);
  }
}
