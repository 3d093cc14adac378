package org.xgradient.report;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import java.util.List;

/**
 * Pictures in rows and columns: a contact sheet.
 *
 * @param columns what stands above the columns
 * @param rows the rows
 */
public record ImageGrid(ImmutableList<String> columns, ImmutableList<Row> rows) {

  /**
   * A row of pictures.
   *
   * @param label what stands before the row, or above it if a label has several lines
   * @param images as many as there are columns
   */
  public record Row(String label, ImmutableList<PngImage> images) {}

  /**
   * Checks that the rows fit the columns.
   *
   * @throws IllegalArgumentException if there is no column or row, or a row has another number of
   *     pictures
   */
  public ImageGrid {
    checkArgument(!columns.isEmpty(), "an image grid must have a column, found none");
    checkArgument(!rows.isEmpty(), "an image grid must have a row, found none");
    for (Row row : rows) {
      checkArgument(
          row.images().size() == columns.size(),
          "row '%s' must have %s pictures, one for each column, found %s",
          row.label(),
          columns.size(),
          row.images().size());
    }
  }

  /**
   * Starts a grid.
   *
   * @param columns what stands above the columns; empty texts for nothing
   * @return a builder without rows
   */
  public static Builder withColumns(String... columns) {
    return new Builder(ImmutableList.copyOf(columns));
  }

  /** Puts an {@link ImageGrid} together. */
  public static final class Builder {

    private final ImmutableList<String> columns;
    private final ImmutableList.Builder<Row> rows = ImmutableList.builder();

    private Builder(ImmutableList<String> columns) {
      this.columns = columns;
    }

    /**
     * Adds a row.
     *
     * @param label what stands before it, or above it if a label has several lines
     * @param images as many as there are columns
     * @return this builder
     */
    public Builder row(String label, List<PngImage> images) {
      rows.add(new Row(label, ImmutableList.copyOf(images)));
      return this;
    }

    /**
     * {@return the grid}
     *
     * @throws IllegalArgumentException if there is no row, or a row has another number of pictures
     */
    public ImageGrid build() {
      return new ImageGrid(columns, rows.build());
    }
  }
}
