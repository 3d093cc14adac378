package org.xgradient.data.table;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableMap.toImmutableMap;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.xgradient.data.DataException;
import org.xgradient.data.FloatArray;
import org.xgradient.data.table.text.Names;

/**
 * Turns tables into what a network reads: numeric columns with missing numbers imputed by the mean
 * and then standardised, categorical columns one-hot (0 or 1, not standardised).
 *
 * <p>Everything is fitted on the training rows alone. See {@link MeanImputer}, {@link Standardizer}
 * and {@link OneHot} for what becomes of constant and empty columns, of levels that were not seen
 * in training, and of missing ones.
 *
 * @param encodings how each column becomes features, in the order of the features, at least one
 */
public record TablePreprocessing(ImmutableList<ColumnEncoding> encodings) {

  /** How many levels a categorical column may have unless the caller allows more. */
  public static final int DEFAULT_MAXIMUM_LEVELS = 1000;

  /** Fewer texts may all be different by chance. */
  private static final int FEWEST_IDENTIFIERS = 20;

  /**
   * Checks the columns.
   *
   * @throws DataException if there is none, or two columns or features have the same name
   */
  public TablePreprocessing {
    if (encodings.isEmpty()) {
      throw new DataException("there must be at least one column, found none");
    }
    requireDistinct("columns", encodings.stream().map(ColumnEncoding::column).toList());
    requireDistinct(
        "features", encodings.stream().flatMap(e -> e.featureNames().stream()).toList());
  }

  private static void requireDistinct(String what, List<String> names) {
    Names.firstDuplicate(names)
        .ifPresent(
            name -> {
              throw new DataException(
                  "the %s must have different names, found \"%s\" twice; rename a column"
                      .formatted(what, name));
            });
  }

  /**
   * Fits the preprocessing.
   *
   * @param table the table; all of its columns become features, so it holds no label
   * @param rows the indices of the training rows, at least one
   * @return the preprocessing
   * @throws DataException if a categorical column has more than {@value #DEFAULT_MAXIMUM_LEVELS}
   *     levels among the training rows or a different text in each row, or a number is too large
   */
  public static TablePreprocessing fit(Table table, ImmutableIntArray rows) {
    return fit(table, rows, DEFAULT_MAXIMUM_LEVELS);
  }

  /**
   * Fits the preprocessing.
   *
   * @param table the table; all of its columns become features, so it holds no label
   * @param rows the indices of the training rows, at least one
   * @param maximumLevels how many levels a categorical column may have, at least 1
   * @return the preprocessing
   * @throws DataException if a categorical column has more levels than that among the training rows
   *     or a different text in each row, or a number is too large
   */
  public static TablePreprocessing fit(Table table, ImmutableIntArray rows, int maximumLevels) {
    checkArgument(!rows.isEmpty(), "there must be at least one training row, found none");
    return new TablePreprocessing(
        table.columns().stream()
            .map(column -> fit(column, rows, maximumLevels))
            .collect(toImmutableList()));
  }

  private static ColumnEncoding fit(Column column, ImmutableIntArray rows, int maximumLevels) {
    if (column instanceof NumericColumn numbers) {
      return fit(numbers, rows);
    }
    CategoricalColumn cells = (CategoricalColumn) column;
    requireNoIdentifier(cells);
    OneHot oneHot = OneHot.fit(cells, rows);
    if (oneHot.levels().size() > maximumLevels) {
      throw new DataException(
          ("column \"%s\" has %s levels among the training rows, must have at most %s; leave it out"
                  + " (--drop %s), or write those that are rare as one")
              .formatted(
                  column.name(),
                  oneHot.levels().size(),
                  maximumLevels,
                  Names.option(column.name())));
    }
    return new ColumnEncoding.Categorical(column.name(), column.reading(), oneHot);
  }

  /** A column of which each cell says something else tells rows apart, and nothing else of them. */
  private static void requireNoIdentifier(CategoricalColumn column) {
    Set<Integer> codes = new HashSet<>();
    int cells = 0;
    for (int row = 0; row < column.rows(); row++) {
      if (!column.isMissing(row)) {
        codes.add(column.code(row));
        cells++;
      }
    }
    if (cells >= FEWEST_IDENTIFIERS && codes.size() == cells) {
      throw new DataException(
          ("column \"%s\" has a different text in each of %d cells, as an identifier has; leave it"
                  + " out (--drop %s)")
              .formatted(column.name(), cells, Names.option(column.name())));
    }
  }

  private static ColumnEncoding fit(NumericColumn column, ImmutableIntArray rows) {
    MeanImputer imputer = MeanImputer.fit(column, rows);
    try {
      Standardizer standardizer =
          Standardizer.fit(
              rows.stream().mapToDouble(row -> imputer.impute(column.value(row))).toArray());
      return new ColumnEncoding.Numeric(column.name(), column.reading(), imputer, standardizer);
    } catch (IllegalArgumentException e) {
      throw new DataException(
          "the numbers of column \"%s\" are too large to be standardised (%s); divide them first"
              .formatted(column.name(), e.getMessage()),
          e);
    }
  }

  /**
   * Turns a table into features.
   *
   * @param table a table with the columns of {@link #schema()}; others are ignored
   * @return the features, of shape {@code [rows, features]}
   * @throws DataException if a column is not there or of the other type, or a number is too large
   */
  public FloatArray transform(Table table) {
    int width = features();
    FloatArray features = FloatArray.zeros(table.rows(), width);
    int offset = 0;
    for (ColumnEncoding encoding : encodings) {
      encoding.encode(table, features.values(), width, offset);
      offset += encoding.featureNames().size();
    }
    return features;
  }

  /** {@return the columns to read from a file so that it can be transformed} */
  public TableSchema schema() {
    return new TableSchema(
        encodings.stream()
            .collect(toImmutableMap(ColumnEncoding::column, ColumnEncoding::reading)));
  }

  /** {@return the number of features} */
  public int features() {
    return encodings.stream().mapToInt(encoding -> encoding.featureNames().size()).sum();
  }

  /** {@return the names of the features, all different} */
  public ImmutableList<String> featureNames() {
    return encodings.stream().flatMap(e -> e.featureNames().stream()).collect(toImmutableList());
  }

  /** {@return which features come from which column} */
  public ColumnGroups groups() {
    ImmutableIntArray.Builder columnOfFeature = ImmutableIntArray.builder();
    for (int column = 0; column < encodings.size(); column++) {
      for (int i = 0; i < encodings.get(column).featureNames().size(); i++) {
        columnOfFeature.add(column);
      }
    }
    return new ColumnGroups(
        encodings.stream().map(ColumnEncoding::column).collect(toImmutableList()),
        columnOfFeature.build());
  }

  /** {@return this as JSON, with the version of the format} */
  public String toJson() {
    return PreprocessingJson.write(this);
  }

  /**
   * Reads what {@link #toJson()} wrote.
   *
   * @param json the JSON text
   * @return the preprocessing
   * @throws DataException if the text is damaged or of another format version
   */
  public static TablePreprocessing fromJson(String json) {
    return PreprocessingJson.read(json);
  }
}
