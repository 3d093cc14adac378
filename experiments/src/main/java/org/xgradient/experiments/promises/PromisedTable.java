package org.xgradient.experiments.promises;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.List;
import java.util.Optional;
import org.xgradient.data.Task;
import org.xgradient.data.table.Table;
import org.xgradient.data.table.TablePreparation;

/**
 * A table to try priors on.
 *
 * @param name what it is called
 * @param checksum of what it was read from
 * @param table the table, without the columns to drop
 * @param label the label column
 * @param task what the labels mean; empty to find out
 * @param masked the columns that a model must not depend on, each in turn; perhaps none
 */
record PromisedTable(
    String name,
    String checksum,
    Table table,
    String label,
    Optional<Task> task,
    List<String> masked) {

  PromisedTable {
    table.column(label);
    for (String column : masked) {
      checkArgument(
          !table.column(column).name().equals(label),
          "the label of %s can't be masked, found \"%s\"",
          name,
          column);
    }
    masked = List.copyOf(masked);
  }

  /** {@return the preparation, but for the split} */
  TablePreparation preparation() {
    TablePreparation usual = TablePreparation.withDefaults().withUnlabelledDropped();
    return task.map(usual::withTask).orElse(usual);
  }
}
