package org.xgradient.data.table;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A column whose cells are levels out of a set: text, or numbers that stand for kinds. */
public final class CategoricalColumn implements Column {

  /** The code of a missing cell. */
  public static final int MISSING = -1;

  private final String name;
  private final ColumnReading reading;
  private final ImmutableList<String> levels;
  private final int[] codes;

  private CategoricalColumn(
      String name, ColumnReading reading, ImmutableList<String> levels, int[] codes) {
    this.name = name;
    this.reading = reading;
    this.levels = levels;
    this.codes = codes;
  }

  /**
   * Wraps codes of levels.
   *
   * @param name the name of the column
   * @param levels the levels, all different
   * @param codes for each row the index of its level, or -1 where missing, not copied
   * @return the column
   * @throws IllegalArgumentException if two levels are the same, or a code is out of range
   */
  public static CategoricalColumn of(String name, List<String> levels, int... codes) {
    return of(name, ColumnReading.plain(ColumnType.CATEGORICAL), levels, codes);
  }

  /**
   * Wraps codes of levels that were read in some way.
   *
   * @param name the name of the column
   * @param reading how its cells were read
   * @param levels the levels, all different
   * @param codes for each row the index of its level, or {@link #MISSING}, not copied
   * @return the column
   * @throws IllegalArgumentException if two levels are the same, or a code is out of range
   */
  public static CategoricalColumn of(
      String name, ColumnReading reading, List<String> levels, int[] codes) {
    checkArgument(
        new HashSet<>(levels).size() == levels.size(),
        "the levels of column \"%s\" must be different, found %s",
        name,
        levels);
    for (int code : codes) {
      checkArgument(
          code >= MISSING && code < levels.size(),
          "the codes of column \"%s\" must be in [-1, %s), found %s",
          name,
          levels.size(),
          code);
    }
    return new CategoricalColumn(name, reading, ImmutableList.copyOf(levels), codes);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public ColumnReading reading() {
    return reading;
  }

  @Override
  public int rows() {
    return codes.length;
  }

  /** {@return the levels in their order; some may occur in no row} */
  public ImmutableList<String> levels() {
    return levels;
  }

  /**
   * Reads a cell.
   *
   * @param row the index of the row, in {@code [0, rows())}
   * @return the index of its level in {@link #levels()}, -1 if missing
   */
  public int code(int row) {
    return codes[row];
  }

  /**
   * Reads a cell.
   *
   * @param row the index of the row, in {@code [0, rows())}
   * @return its level, null if missing
   */
  public @Nullable String level(int row) {
    return isMissing(row) ? null : levels.get(codes[row]);
  }

  @Override
  public boolean isMissing(int row) {
    return codes[row] == MISSING;
  }

  @Override
  public CategoricalColumn gather(int... rows) {
    return new CategoricalColumn(
        name, reading, levels, Arrays.stream(rows).map(row -> codes[row]).toArray());
  }

  @Override
  public CategoricalColumn followedBy(Column other) {
    checkArgument(
        other instanceof CategoricalColumn,
        "below column \"%s\" there must be categories, found numbers",
        name);
    var below = (CategoricalColumn) other;
    Map<String, Integer> all = new LinkedHashMap<>();
    Stream.of(levels, below.levels)
        .flatMap(List::stream)
        .forEach(level -> all.putIfAbsent(level, all.size()));
    int[] moved = below.levels.stream().mapToInt(all::get).toArray();
    IntStream codesBelow =
        Arrays.stream(below.codes).map(code -> code == MISSING ? MISSING : moved[code]);
    return new CategoricalColumn(
        name,
        reading,
        ImmutableList.copyOf(all.keySet()),
        IntStream.concat(Arrays.stream(codes), codesBelow).toArray());
  }

  @Override
  public String toString() {
    return "CategoricalColumn["
        + name
        + ", "
        + levels.size()
        + " levels, "
        + codes.length
        + " rows]";
  }
}
