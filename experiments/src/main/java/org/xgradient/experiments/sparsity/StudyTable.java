package org.xgradient.experiments.sparsity;

import com.google.common.collect.ImmutableMap;
import org.xgradient.data.Checksums;
import org.xgradient.data.DataException;
import org.xgradient.data.ScikitLearnSplit;
import org.xgradient.data.table.PreparedTable;
import org.xgradient.data.table.Table;
import org.xgradient.data.table.TablePreparation;

/**
 * The table of a study, split for each repetition as scikit-learn would (FAA, App. B.3, and the
 * authors' code).
 */
record StudyTable(Table table, StudyConfiguration configuration) {

  static StudyTable load(StudyConfiguration configuration) {
    Table table = configuration.data().load();
    int used = configuration.trainRows() + configuration.validationRows();
    if (table.rows() <= used) {
      throw new DataException(
          "there must be more than %s rows, so that some are left to test on, found %s"
              .formatted(used, table.rows()));
    }
    return new StudyTable(table, configuration);
  }

  PreparedTable prepare(int repetition) {
    var split =
        ScikitLearnSplit.trainValidationTest(
            table.rows(), configuration.trainRows(), configuration.validationRows(), repetition);
    return TablePreparation.withDefaults().prepare(table, configuration.data().label(), split);
  }

  ImmutableMap<String, String> facts() {
    PreparedTable first = prepare(0);
    return ImmutableMap.of(
        "rows",
        Integer.toString(table.rows()),
        "features",
        Integer.toString(first.dataset().featureNames().size()),
        "features SHA-256",
        Checksums.sha256(first.dataset().inputs()),
        "labels SHA-256",
        Checksums.sha256(first.dataset().labels()));
  }
}
