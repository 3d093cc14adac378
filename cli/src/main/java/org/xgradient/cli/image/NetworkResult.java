package org.xgradient.cli.image;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
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
 * @param errors the completeness errors of each method, one for each image
 * @param rows the images on the page
 * @param grid their pictures, a row for each image
 */
record NetworkResult(
    String network,
    ImmutableList<String> methods,
    ImmutableMap<String, String> refused,
    ImmutableListMultimap<String, Double> errors,
    ImmutableList<Row> rows,
    ImageGrid grid) {

  /**
   * The numbers of one image.
   *
   * @param image the name of the file
   * @param explained the class that is explained
   * @param errors the completeness error of each method
   */
  record Row(String image, RankedClass explained, ImmutableList<Double> errors) {}

  /** {@return a row for each image on the page} */
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
      row.errors().forEach(error -> cells.add(Numbers.significant(error, 2)));
      table.row(cells);
    }
    return table.build();
  }

  /** {@return the number of images} */
  int images() {
    return errors.get(methods.get(0)).size();
  }

  /** {@return the completeness errors of a method, one for each image, smallest first} */
  double[] sortedErrors(String method) {
    return errors.get(method).stream().mapToDouble(Double::doubleValue).sorted().toArray();
  }
}
