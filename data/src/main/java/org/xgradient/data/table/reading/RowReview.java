package org.xgradient.data.table.reading;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.xgradient.data.DataException;
import org.xgradient.data.NearestName;
import org.xgradient.data.table.CategoricalColumn;
import org.xgradient.data.table.Column;
import org.xgradient.data.table.ColumnEncoding;
import org.xgradient.data.table.ColumnReading;
import org.xgradient.data.table.Table;
import org.xgradient.data.table.TablePreprocessing;
import org.xgradient.data.table.UnfamiliarCells;
import org.xgradient.data.table.text.Counts;
import org.xgradient.data.table.text.Names;

/**
 * Compares rows that a model is given with those that it was trained on: levels that it has not
 * seen, texts where it wants numbers, columns that are not there. A level must be written as in
 * training; one that differs in upper and lower case only is unfamiliar, and said to be.
 *
 * <p>Not safe for use by several threads.
 */
public final class RowReview {

  private static final int SHOWN = 5;

  /** More different levels are counted, but not remembered. */
  private static final int REMEMBERED = 1000;

  private final TablePreprocessing preprocessing;
  private final Map<String, Map<String, Long>> unknown = new LinkedHashMap<>();
  private final Map<String, Long> unknownCells = new LinkedHashMap<>();
  private final Map<String, Long> cells = new LinkedHashMap<>();
  private final Map<String, Long> missing = new LinkedHashMap<>();
  private long rows;

  private RowReview(TablePreprocessing preprocessing) {
    this.preprocessing = preprocessing;
  }

  /**
   * Begins a review.
   *
   * @param preprocessing the columns that the model reads, and the levels it knows
   * @return the review of no rows
   */
  public static RowReview of(TablePreprocessing preprocessing) {
    return new RowReview(preprocessing);
  }

  /**
   * Looks at rows.
   *
   * @param table a table with the columns of the preprocessing
   */
  public void add(Table table) {
    rows += table.rows();
    for (ColumnEncoding encoding : preprocessing.encodings()) {
      missing.merge(encoding.column(), missing(table.column(encoding.column())), Long::sum);
      if (encoding instanceof ColumnEncoding.Categorical known
          && table.column(known.column()) instanceof CategoricalColumn found) {
        add(known, found);
      }
    }
  }

  private static long missing(Column column) {
    long missing = 0;
    for (int row = 0; row < column.rows(); row++) {
      missing += column.isMissing(row) ? 1 : 0;
    }
    return missing;
  }

  private void add(ColumnEncoding.Categorical known, CategoricalColumn found) {
    boolean[] isUnknown = new boolean[found.levels().size()];
    for (int code = 0; code < isUnknown.length; code++) {
      isUnknown[code] = known.oneHot().indexOf(found.levels().get(code)) < 0;
    }
    Map<String, Long> levels = unknown.computeIfAbsent(known.column(), name -> new HashMap<>());
    long present = 0;
    long strange = 0;
    for (int row = 0; row < found.rows(); row++) {
      if (found.isMissing(row)) {
        continue;
      }
      present++;
      if (isUnknown[found.code(row)]) {
        strange++;
        String level = found.levels().get(found.code(row));
        if (levels.containsKey(level) || levels.size() < REMEMBERED) {
          levels.merge(level, 1L, Long::sum);
        }
      }
    }
    cells.merge(known.column(), present, Long::sum);
    unknownCells.merge(known.column(), strange, Long::sum);
  }

  /**
   * What is unfamiliar in the rows so far.
   *
   * @param chunks where they were read from
   * @return an element for each column that has such cells
   */
  public ImmutableList<UnfamiliarCells> findings(TableChunks chunks) {
    return findings(chunks.oddCells(), chunks.absent());
  }

  /**
   * What is unfamiliar in the rows so far, of what the table says by itself: levels that were not
   * seen, columns without a cell.
   *
   * @return an element for each column that has such cells
   */
  public ImmutableList<UnfamiliarCells> findings() {
    return findings(ImmutableList.of(), ImmutableList.of());
  }

  private ImmutableList<UnfamiliarCells> findings(
      Collection<OddCells> odd, Collection<String> absent) {
    ImmutableList.Builder<UnfamiliarCells> findings = ImmutableList.builder();
    for (String column : absent) {
      findings.add(
          new UnfamiliarCells(
              column,
              rows,
              rows,
              "column \"%s\" is not there; all its cells count as missing".formatted(column)));
    }
    for (OddCells cells : odd) {
      if (cells.count() > 0) {
        findings.add(
            new UnfamiliarCells(
                cells.column(),
                cells.count(),
                cells.cells(),
                "column \"%s\": %s %s as missing, for the model wants %s: %s%s"
                    .formatted(
                        cells.column(),
                        Counts.among(cells.count(), cells.cells(), "cell"),
                        Counts.verb(cells.count(), "counts", "count"),
                        wanted(cells.column()),
                        cells.places(),
                        advice(cells))));
      }
    }
    missing.forEach(
        (column, count) -> {
          if (rows > 1 && count == rows && !isNamed(column, odd, absent)) {
            // Missing cells are nothing unfamiliar; that there is no other is worth a word.
            findings.add(
                new UnfamiliarCells(
                    column,
                    0,
                    rows,
                    "column \"%s\": all %d cells are missing".formatted(column, rows)));
          }
        });
    unknownCells.forEach(
        (column, count) -> {
          if (count > 0) {
            findings.add(
                new UnfamiliarCells(
                    column, count, cells.getOrDefault(column, 0L), levels(column, count)));
          }
        });
    return findings.build();
  }

  private static boolean isNamed(
      String column, Collection<OddCells> odd, Collection<String> absent) {
    return absent.contains(column)
        || odd.stream().anyMatch(cells -> cells.count() > 0 && cells.column().equals(column));
  }

  private String advice(OddCells cells) {
    ColumnReading reading = preprocessing.schema().readings().get(cells.column());
    return reading == null
        ? ""
        : OtherDecimal.of(reading, cells.first().get(0).text()).map("; "::concat).orElse("");
  }

  /** The label is no column of the preprocessing. */
  private String wanted(String column) {
    ColumnReading reading = preprocessing.schema().readings().get(column);
    return reading == null ? "numbers" : reading.toString();
  }

  private String levels(String column, long count) {
    ImmutableList<String> known = knownLevels(column);
    String found =
        unknown.getOrDefault(column, Map.of()).entrySet().stream()
            .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
            .limit(SHOWN)
            .map(level -> described(level, known))
            .collect(Collectors.joining(", "));
    return "column \"%s\": %s %s, and %s as none of its own: %s; it knows %s"
        .formatted(
            column,
            Counts.among(count, cells.getOrDefault(column, 0L), "cell"),
            Counts.verb(
                count,
                "is a level that the model has not seen",
                "are levels that the model has not seen"),
            Counts.verb(count, "counts", "count"),
            found,
            Names.list(known));
  }

  private static String described(Map.Entry<String, Long> level, ImmutableList<String> known) {
    return "\"%s\" (%d%s)"
        .formatted(
            level.getKey(),
            level.getValue(),
            NearestName.closeTo(level.getKey(), known)
                .map(near -> resemblance(level.getKey(), near))
                .orElse(""));
  }

  private static String resemblance(String found, String known) {
    return NearestName.isSameInUnicode(found, known)
        ? ", the letters of \"%s\" in another Unicode form".formatted(known)
        : ", perhaps \"%s\"".formatted(known);
  }

  private ImmutableList<String> knownLevels(String column) {
    return preprocessing.encodings().stream()
        .filter(encoding -> encoding.column().equals(column))
        .filter(ColumnEncoding.Categorical.class::isInstance)
        .flatMap(encoding -> ((ColumnEncoding.Categorical) encoding).oneHot().levels().stream())
        .collect(toImmutableList());
  }

  /**
   * Refuses rows of which too much is unfamiliar.
   *
   * @param findings what is unfamiliar
   * @param share the share of the cells of a column that may be
   * @throws DataException if there is more in a column
   */
  public static void requireFamiliar(Collection<UnfamiliarCells> findings, double share) {
    for (UnfamiliarCells found : findings) {
      if (found.share() > share) {
        throw new DataException(
            "%s; that is more than a share of %s (--tolerate SHARE allows more)"
                .formatted(found.message(), share));
      }
    }
  }
}
