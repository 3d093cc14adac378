package org.xgradient.report;

import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableDoubleArray;

/**
 * Pictures in rows and columns that a reader can search and sort, with a choice of columns, and
 * maps that fade into what they explain. Without a script they stand as they were given.
 */
public final class ImageGallery {

  private ImageGallery() {}

  /**
   * Adds pictures, one gallery a page.
   *
   * @param page the page
   * @param grid the pictures; the first of each row is what the others explain
   * @param caption how to read them
   * @param measures what rows can be sorted by: a number for each row by its name; NaN or infinite
   *     where there is none
   * @param maps whether the other pictures are maps of the first one's size
   * @throws IllegalArgumentException if a measure has another number of rows
   */
  public static void addTo(
      HtmlPage page,
      ImageGrid grid,
      String caption,
      ImmutableMap<String, ImmutableDoubleArray> measures,
      boolean maps) {
    page.script(PageScript.resource(ImageGallery.class, "order.js"))
        .script(PageScript.resource(ImageGallery.class, "paper.js"))
        .script(PageScript.resource(ImageGallery.class, "gallery.js"))
        .data(
            "gallery-data",
            ImmutableMap.of("measures", Measures.of(measures, grid.rows().size()), "maps", maps))
        .place("gallery", "search and sort the images")
        .images(grid, caption);
  }
}
