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

/** What rows can be sorted by, as the scripts read it. */
final class Measures {

  private Measures() {}

  /**
   * Writes measures.
   *
   * @param measures a number for each row by its name; NaN or infinite where there is none
   * @param rows the number of rows
   * @throws IllegalArgumentException if a measure has another number of rows
   */
  static List<Map<String, Object>> of(
      ImmutableMap<String, ImmutableDoubleArray> measures, int rows) {
    List<Map<String, Object>> sortable = new ArrayList<>();
    measures.forEach(
        (name, values) -> {
          checkArgument(
              values.length() == rows,
              "measure '%s' must have %s numbers, one for each row, found %s",
              name,
              rows,
              values.length());
          Map<String, Object> measure = new LinkedHashMap<>();
          measure.put("name", SafeText.of(name));
          measure.put("values", finite(values));
          sortable.add(measure);
        });
    return sortable;
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
