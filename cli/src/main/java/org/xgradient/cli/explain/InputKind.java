package org.xgradient.cli.explain;

import org.xgradient.cli.foreign.SavedModelOptions;
import org.xgradient.cli.foreign.TableReading;
import org.xgradient.cli.option.BaselineOption;
import org.xgradient.cli.option.DialectOptions;
import org.xgradient.cli.option.NetworkOptions;
import org.xgradient.cli.option.PreprocessingOptions;
import org.xgradient.cli.option.RowOptions;
import org.xgradient.cli.option.TextOptions;
import org.xgradient.cli.option.UnfitOptions;
import picocli.CommandLine.Model.CommandSpec;

/** What rows are predicted or explained, by which of a command's options are of use. */
enum InputKind {
  /** A table, and a model of ours. */
  TABLE {
    @Override
    UnfitOptions unfit(CommandSpec command) {
      return UnfitOptions.of(command, "a table")
          .allOf(PictureOptions.class, TextOptions.class)
          .allOf(NetworkOptions.class, PreprocessingOptions.class)
          .and("--limit", "--strict");
    }
  },
  /** A file, and a SavedModel of others. */
  FOREIGN {
    @Override
    UnfitOptions unfit(CommandSpec command) {
      return UnfitOptions.of(command, "a SavedModel of others")
          .allOf(PictureOptions.class, TextOptions.class, BatchOptions.class)
          .allOf(NetworkOptions.class, PreprocessingOptions.class)
          .and("--limit", "--strict", "--tolerate");
    }
  },
  /** Images. */
  IMAGES {
    @Override
    UnfitOptions unfit(CommandSpec command) {
      return UnfitOptions.of(command, "images")
          .allOf(TableReading.class, BaselineOption.class)
          .allOf(DialectOptions.class, RowOptions.class, BatchOptions.class, KeptColumns.class)
          .allOf(TextOptions.class);
    }
  },
  /** Texts. */
  TEXTS {
    @Override
    UnfitOptions unfit(CommandSpec command) {
      return UnfitOptions.of(command, "texts")
          .allOf(SavedModelOptions.class, TableReading.class, BaselineOption.class)
          .allOf(RowOptions.class, BatchOptions.class, KeptColumns.class, PictureOptions.class)
          .allOf(NetworkOptions.class, PreprocessingOptions.class)
          .and("--limit", "--strict", "--delimiter");
    }
  };

  /** {@return the options of a command that are of no use, but for those of its own} */
  abstract UnfitOptions unfit(CommandSpec command);
}
