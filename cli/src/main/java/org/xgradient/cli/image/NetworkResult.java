package org.xgradient.cli.image;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.List;
import org.xgradient.cli.report.ImageGrid;
import org.xgradient.cli.report.Numbers;
import org.xgradient.cli.report.Table;
import org.xgradient.training.image.RankedClass;

/**
 * What is known of one network after all images.
 *
 * @param network the name of the network
 * @param methods the names of the methods that apply
 * @param refused why the other methods don't apply, by their names
 * @param rows the images
 * @param grid the pictures, a row for each image
 */
record NetworkResult(
    String network,
    ImmutableList<String> methods,
    ImmutableMap<String, String> refused,
    ImmutableList<Row> rows,
    ImageGrid grid) {

  /**
   * The numbers of one image.
   *
   * @param image the name of the file
   * @param explained the class that is explained
   * @param results what each method says, without the maps
   */
  record Row(String image, RankedClass explained, ImmutableList<Completeness> results) {}

  /**
   * How well the attributions of a method add up.
   *
   * @param output the explained logit
   * @param baselineOutput the same logit at the zero input
   * @param sum the sum of all attributions
   * @param error the gap as a share of the change of the logit
   */
  record Completeness(double output, double baselineOutput, double sum, double error) {}

  static final ImmutableList<String> CSV_HEADER =
      ImmutableList.of(
          "network",
          "image",
          "class index",
          "class",
          "probability",
          "method",
          "output",
          "baseline output",
          "sum of attributions",
          "completeness error");

  /** {@return a row for each image} */
  Table table() {
    Table.Builder table = Table.titled("").text("image", "explained class").number("probability");
    methods.forEach(method -> table.number("error of " + method));
    for (Row row : rows) {
      List<String> cells =
          new ArrayList<>(
              List.of(
                  row.image(),
                  row.explained().name(),
                  Numbers.percent(row.explained().probability())));
      row.results().forEach(result -> cells.add(Numbers.significant(result.error(), 2)));
      table.row(cells);
    }
    return table.build();
  }

  /** {@return the completeness errors of a method, one for each image, smallest first} */
  double[] sortedErrors(String method) {
    int index = methods.indexOf(method);
    return rows.stream().mapToDouble(row -> row.results().get(index).error()).sorted().toArray();
  }

  List<List<Object>> csvRows() {
    List<List<Object>> cells = new ArrayList<>();
    for (Row row : rows) {
      for (int i = 0; i < methods.size(); i++) {
        Completeness result = row.results().get(i);
        cells.add(
            List.of(
                network,
                row.image(),
                row.explained().index(),
                row.explained().name(),
                row.explained().probability(),
                methods.get(i),
                result.output(),
                result.baselineOutput(),
                result.sum(),
                result.error()));
      }
    }
    return cells;
  }
}
