package org.xgradient.spark.grid;

import com.google.common.primitives.ImmutableLongArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.xgradient.data.DataException;
import org.xgradient.experiments.ExperimentResults;
import org.xgradient.experiments.ExperimentRun;
import org.xgradient.experiments.WorkerPool;
import org.xgradient.experiments.sparsity.SparsityExperiment;
import org.xgradient.experiments.sparsity.StudyConfiguration;

/**
 * Trains networks with priors on a table: methods, weights, seeds and splits, each training a task.
 *
 * <p>Results are lines of JSON in a directory of the driver, a file for each seed, on the disk as
 * soon as a training is done; a grid that was stopped goes on with the same call. They are those of
 * {@code xgradient experiment sparsity}, bit for bit.
 *
 * @param configuration the table, the networks, the methods and weights; its repetitions are the
 *     splits
 * @param seeds what initial weights and draws come from, each for all of these; at least one
 */
public record PriorGrid(StudyConfiguration configuration, ImmutableLongArray seeds) {

  private static final StructType RESULTS =
      new StructType()
          .add("seed", DataTypes.LongType, false)
          .add("method", DataTypes.StringType, false)
          .add("lambda", DataTypes.DoubleType, false)
          .add("split", DataTypes.IntegerType, false)
          .add("validationAuc", DataTypes.DoubleType, false)
          .add("testAuc", DataTypes.DoubleType, false)
          .add("bestEpoch", DataTypes.IntegerType, false)
          .add("sparsity", DataTypes.DoubleType, false);

  /**
   * Checks the seeds.
   *
   * @throws DataException if there is none, or one is there twice
   */
  public PriorGrid {
    if (seeds.isEmpty() || seeds.stream().distinct().count() < seeds.length()) {
      throw new DataException("the seeds must be different, at least one, found " + seeds);
    }
  }

  /**
   * A grid.
   *
   * @param configuration the table, the networks, the methods and weights
   * @param seeds the seeds; that of the configuration if there is none
   * @return the grid
   */
  public static PriorGrid of(StudyConfiguration configuration, long... seeds) {
    return new PriorGrid(
        configuration,
        seeds.length == 0
            ? ImmutableLongArray.of(configuration.seed())
            : ImmutableLongArray.copyOf(seeds));
  }

  /** {@return the number of trainings} */
  public int trainings() {
    return SparsityExperiment.ofMethods().tasks(configuration).size() * seeds.length();
  }

  /**
   * Trains what is not yet trained.
   *
   * @param session whose executors train
   * @param directory where results are written and looked for, of the driver
   * @param finished told of the number of trainings that are done, whenever one is
   * @return all results, ordered by seed, split, method and weight
   * @throws IOException if a file can't be written
   * @throws DataException if data can't be read, or results in the directory are of another
   *     configuration
   * @throws java.util.concurrent.CancellationException if the thread was interrupted; what is done
   *     is kept
   */
  public Dataset<Row> run(SparkSession session, Path directory, Consumer<Integer> finished)
      throws IOException {
    List<Row> rows = new ArrayList<>();
    try (WorkerPool workers = new SparkWorkers(session)) {
      var counted = new Counted(finished);
      for (long seed : seeds.asList()) {
        StudyConfiguration one = withSeed(seed);
        var run =
            new ExperimentRun<>(
                SparsityExperiment.ofMethods(), one, directoryOf(directory, seed), 1);
        rows.addAll(rows(seed, run.run(true, counted, workers)));
      }
    }
    return session.createDataFrame(rows, RESULTS);
  }

  private static Path directoryOf(Path directory, long seed) {
    return directory.resolve("seed-" + Long.toString(seed));
  }

  private static final class Counted implements ExperimentRun.Listener {
    private final Consumer<Integer> told;
    private int done;

    Counted(Consumer<Integer> told) {
      this.told = told;
    }

    @Override
    public void started(int total, int before) {
      done += before;
      told.accept(done);
    }

    @Override
    public void finished() {
      done++;
      told.accept(done);
    }
  }

  private static List<Row> rows(
      long seed,
      ExperimentResults<StudyConfiguration, SparsityExperiment.Task, SparsityExperiment.Result>
          results) {
    List<Row> rows = new ArrayList<>();
    results
        .results()
        .forEach(
            (task, result) ->
                rows.add(
                    RowFactory.create(
                        seed,
                        task.method(),
                        task.lambda(),
                        task.repetition(),
                        result.validationAuc(),
                        result.testAuc(),
                        result.bestEpoch(),
                        result.sparsity())));
    return rows;
  }

  /**
   * What is done so far of a grid, also while it runs.
   *
   * @param session makes the DataFrame
   * @param directory the directory of the grid
   * @return the results, in the order in which they came
   * @throws DataException if there are none
   */
  public static Dataset<Row> resultsSoFar(SparkSession session, Path directory) {
    String[] files;
    try (Stream<Path> folders = Files.list(directory)) {
      files =
          folders
              .map(folder -> folder.resolve(ExperimentRun.LOG))
              .filter(Files::isRegularFile)
              .map(file -> file.toUri().toString())
              .toArray(String[]::new);
    } catch (IOException e) {
      throw DataException.unreadable(directory, e);
    }
    if (files.length == 0) {
      throw new DataException("there are no results in %s yet".formatted(directory));
    }
    return session
        .read()
        .schema(
            "task struct<method string, lambda double, repetition int>,"
                + " result struct<validationAuc double, testAuc double, bestEpoch int, sparsity double>")
        .json(files)
        // The first line says what the results depend on; the last one may be half written.
        .filter("task is not null and result is not null")
        .selectExpr(
            "cast(regexp_extract(input_file_name(), 'seed-(-?[0-9]+)', 1) as long) as seed",
            "task.method",
            "task.lambda",
            "task.repetition as split",
            "result.*");
  }

  private StudyConfiguration withSeed(long seed) {
    return new StudyConfiguration(
        configuration.data(),
        configuration.hidden(),
        configuration.epochs(),
        configuration.learningRate(),
        configuration.trainRows(),
        configuration.validationRows(),
        configuration.repetitions(),
        seed,
        configuration.methods(),
        configuration.lambdas(),
        configuration.authorsResults());
  }
}
