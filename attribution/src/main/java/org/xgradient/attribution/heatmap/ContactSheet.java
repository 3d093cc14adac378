package org.xgradient.attribution.heatmap;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * Pictures in rows and columns: images and their heat maps to compare at a glance. All cells are as
 * large as the largest picture; smaller ones stand in the middle of theirs.
 *
 * @param rows the pictures, as many in each row
 */
public record ContactSheet(ImmutableList<ImmutableList<Picture>> rows) {

  /** White around every cell, in pixels. */
  private static final int GAP = 8;

  private static final int WHITE = 0xFFFFFF;

  /** One of that size takes 400 MB to draw. */
  private static final long MAXIMUM_PIXELS = 100_000_000;

  /**
   * Checks the rows.
   *
   * @throws IllegalArgumentException if there is no picture, the rows are not equally long, or the
   *     sheet would have more than 100 million pixels
   */
  public ContactSheet {
    checkArgument(
        !rows.isEmpty() && !rows.get(0).isEmpty(),
        "a contact sheet must have pictures, found none");
    int columns = rows.get(0).size();
    for (ImmutableList<Picture> row : rows) {
      checkArgument(
          row.size() == columns,
          "the rows of a contact sheet must be equally long, found %s and %s pictures",
          columns,
          row.size());
    }
    long height = length(rows.size(), largest(rows, Picture::height));
    long width = length(columns, largest(rows, Picture::width));
    checkArgument(
        height * width <= MAXIMUM_PIXELS,
        "a contact sheet must have at most %s pixels, found %s x %s; take fewer rows",
        MAXIMUM_PIXELS,
        width,
        height);
  }

  /**
   * A sheet.
   *
   * @param rows the pictures, as many in each row
   * @return the sheet
   * @throws IllegalArgumentException if there is no picture, the rows are not equally long, or the
   *     sheet would have more than 100 million pixels
   */
  public static ContactSheet of(List<? extends List<Picture>> rows) {
    return new ContactSheet(
        rows.stream().map(ImmutableList::copyOf).collect(ImmutableList.toImmutableList()));
  }

  /** {@return the sheet, white where there is no picture} */
  public Picture picture() {
    int cellHeight = largest(rows, Picture::height);
    int cellWidth = largest(rows, Picture::width);
    int height = (int) length(rows.size(), cellHeight);
    int width = (int) length(rows.get(0).size(), cellWidth);
    int[] colors = new int[height * width];
    Arrays.fill(colors, WHITE);
    for (int i = 0; i < rows.size(); i++) {
      for (int j = 0; j < rows.get(i).size(); j++) {
        Picture picture = rows.get(i).get(j);
        int top = (int) length(i, cellHeight) + (cellHeight - picture.height()) / 2;
        int left = (int) length(j, cellWidth) + (cellWidth - picture.width()) / 2;
        picture.copyTo(colors, top * width + left, width);
      }
    }
    return new Picture(height, width, colors);
  }

  /** The pixels that so many cells take, with the gaps around them. */
  private static long length(int cells, int side) {
    return GAP + (long) cells * (side + GAP);
  }

  private static int largest(
      ImmutableList<ImmutableList<Picture>> rows, ToIntFunction<Picture> size) {
    return rows.stream().flatMap(List::stream).mapToInt(size).max().orElseThrow();
  }
}
