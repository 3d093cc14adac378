package org.xgradient.report;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableDoubleArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.xgradient.report.text.SafeText;

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
    List<Map<String, Object>> sortable = new ArrayList<>();
    measures.forEach(
        (name, values) -> {
          checkArgument(
              values.length() == grid.rows().size(),
              "measure '%s' must have %s numbers, one for each row, found %s",
              name,
              grid.rows().size(),
              values.length());
          Map<String, Object> measure = new LinkedHashMap<>();
          measure.put("name", SafeText.of(name));
          measure.put("values", finite(values));
          sortable.add(measure);
        });
    page.script(PageScript.resource(ImageGallery.class, "gallery.js"))
        .data("gallery-data", ImmutableMap.of("measures", sortable, "maps", maps))
        .place("gallery", "search and sort the images")
        .images(grid, caption);
  }

  /** What is no number has no place in an order, and no form in JSON. */
  private static List<@Nullable Double> finite(ImmutableDoubleArray values) {
    @Nullable Double[] finite = new @Nullable Double[values.length()];
    for (int i = 0; i < finite.length; i++) {
      finite[i] = Double.isFinite(values.get(i)) ? values.get(i) : null;
    }
    return Arrays.asList(finite);
  }
}
