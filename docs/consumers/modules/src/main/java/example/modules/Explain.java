package example.modules;

import java.nio.file.Path;
import java.util.Arrays;
import org.xgradient.attribution.Attributions;
import org.xgradient.attribution.Attributor;
import org.xgradient.attribution.XGradient;
import org.xgradient.data.table.Table;
import org.xgradient.data.table.reading.TableReader;
import org.xgradient.training.table.TableModel;

/** Explains the first row of a table, as a named module. */
public final class Explain {

  private Explain() {}

  /** Prints what each column adds; the arguments are the model's directory and the table. */
  public static void main(String[] args) {
    try (TableModel model = TableModel.load(Path.of(args[0]))) {
      Table rows =
          TableReader.withDefaults().read(Path.of(args[1]), model.preprocessing().schema());
      Attributions attributions =
          Attributor.of(model, new XGradient())
              .attribute(model.preprocessing().transform(rows).rows(0, 1));
      System.out.println(
          "%s, %s: %s = %s"
              .formatted(
                  Explain.class.getModule(),
                  TableModel.class.getModule(),
                  model.preprocessing().groups().columns(),
                  Arrays.toString(
                      model.preprocessing().groups().sumByColumn(attributions.values()).values())));
    }
  }
}
