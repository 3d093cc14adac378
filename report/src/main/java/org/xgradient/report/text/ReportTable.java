package org.xgradient.report.text;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.List;

/**
 * A table that the terminal, a page and a file can show.
 *
 * @param caption what the table shows
 * @param columns the columns
 * @param rows the cells, as many in each row as there are columns
 * @param emphasized the rows that stand out, counted from 0
 * @param footnotes what a reader must know about the numbers
 */
public record ReportTable(
    String caption,
    ImmutableList<Column> columns,
    ImmutableList<ImmutableList<String>> rows,
    ImmutableSet<Integer> emphasized,
    ImmutableList<String> footnotes) {

  /**
   * A column.
   *
   * @param name what stands above it
   * @param numeric whether it holds numbers, which are aligned at the right
   */
  public record Column(String name, boolean numeric) {}

  /**
   * Checks that the rows fit the columns.
   *
   * @throws IllegalArgumentException if there is no column, a row has another number of cells, or
   *     an emphasized row isn't there
   */
  public ReportTable {
    checkArgument(!columns.isEmpty(), "table '%s' must have a column, found none", caption);
    for (ImmutableList<String> row : rows) {
      checkArgument(
          row.size() == columns.size(),
          "a row of table '%s' must have %s cells, found %s: %s",
          caption,
          columns.size(),
          row.size(),
          row);
    }
    for (int row : emphasized) {
      checkArgument(
          row >= 0 && row < rows.size(),
          "an emphasized row of table '%s' must be in [0, %s), found %s",
          caption,
          rows.size(),
          row);
    }
  }

  /**
   * Starts a table.
   *
   * @param caption what the table shows; may be empty
   * @return a builder without columns and rows
   */
  public static Builder titled(String caption) {
    return new Builder(caption);
  }

  /** Puts a {@link ReportTable} together. */
  public static final class Builder {

    private final String caption;
    private final ImmutableList.Builder<Column> columns = ImmutableList.builder();
    private final ImmutableList.Builder<ImmutableList<String>> rows = ImmutableList.builder();
    private final ImmutableSet.Builder<Integer> emphasized = ImmutableSet.builder();
    private final ImmutableList.Builder<String> footnotes = ImmutableList.builder();
    private int size;

    private Builder(String caption) {
      this.caption = caption;
    }

    /**
     * Adds columns of text, aligned at the left.
     *
     * @param names what stands above them
     * @return this builder
     */
    public Builder text(String... names) {
      return add(false, names);
    }

    /**
     * Adds columns of numbers, aligned at the right.
     *
     * @param names what stands above them
     * @return this builder
     */
    public Builder number(String... names) {
      return add(true, names);
    }

    /**
     * Adds a row.
     *
     * @param cells as many as there are columns
     * @return this builder
     */
    public Builder row(String... cells) {
      return row(ImmutableList.copyOf(cells));
    }

    /**
     * Adds a row.
     *
     * @param cells as many as there are columns
     * @return this builder
     */
    public Builder row(List<String> cells) {
      rows.add(ImmutableList.copyOf(cells));
      size++;
      return this;
    }

    /**
     * Adds a row that stands out.
     *
     * @param cells as many as there are columns
     * @return this builder
     */
    public Builder emphasizedRow(String... cells) {
      emphasized.add(size);
      return row(cells);
    }

    /**
     * Adds a note below the table.
     *
     * @param text the note
     * @return this builder
     */
    public Builder footnote(String text) {
      footnotes.add(text);
      return this;
    }

    /**
     * {@return the table}
     *
     * @throws IllegalArgumentException if there is no column or a row has another number of cells
     */
    public ReportTable build() {
      return new ReportTable(
          caption, columns.build(), rows.build(), emphasized.build(), footnotes.build());
    }

    private Builder add(boolean numeric, String... names) {
      for (String name : names) {
        columns.add(new Column(name, numeric));
      }
      return this;
    }
  }
}
