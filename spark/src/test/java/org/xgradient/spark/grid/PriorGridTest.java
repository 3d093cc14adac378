package org.xgradient.spark.grid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xgradient.cli.Xgradient;
import org.xgradient.data.DataException;
import org.xgradient.experiments.ConfigurationSource;
import org.xgradient.experiments.Configurations;
import org.xgradient.experiments.ExperimentJson;
import org.xgradient.experiments.ExperimentResults;
import org.xgradient.experiments.ExperimentRun;
import org.xgradient.experiments.WorkerPool;
import org.xgradient.experiments.WorkerPools;
import org.xgradient.experiments.sparsity.SparsityExperiment;
import org.xgradient.experiments.sparsity.StudyConfiguration;
import org.xgradient.spark.LocalSpark;
import picocli.CommandLine;

class PriorGridTest {

  private static final List<String> SMALL =
      List.of(
          "data={\"kind\": \"synthetic\", \"rows\": 400, \"seed\": 0}",
          "hidden=[8]",
          "epochs=3",
          "trainRows=100",
          "validationRows=100",
          "repetitions=2",
          "lambdas=[0.1, 1]");

  @TempDir private Path folder;

  private static StudyConfiguration configuration() {
    return Configurations.read(
        SparsityExperiment.ofMethods(), false, List.of(ConfigurationSource.ofSettings(SMALL)));
  }

  @Test
  void hasTheNumbersOfOneMachineAndGoesOn() throws IOException {
    var seed = configuration().seed();
    PriorGrid grid = PriorGrid.of(configuration(), seed, seed + 1);
    Path directory = folder.resolve("grid");
    List<Integer> told = new ArrayList<>();
    List<Row> rows = grid.run(LocalSpark.session(), directory, told::add).collectAsList();
    assertThat(rows).hasSize(grid.trainings());
    assertThat(told).isSorted().contains(0, grid.trainings());

    ExperimentResults<StudyConfiguration, SparsityExperiment.Task, SparsityExperiment.Result> here =
        new ExperimentRun<>(
                SparsityExperiment.ofMethods(), configuration(), folder.resolve("here"), 1)
            .run(false, new Silent());
    List<Row> ofSeed = rows.stream().filter(row -> row.getLong(0) == seed).toList();
    assertThat(ofSeed).hasSize(here.results().size());
    List<SparsityExperiment.Result> expected = here.results().values().asList();
    List<SparsityExperiment.Task> tasks = here.results().keySet().asList();
    for (int i = 0; i < ofSeed.size(); i++) {
      Row row = ofSeed.get(i);
      assertThat(row.getString(1)).isEqualTo(tasks.get(i).method());
      assertThat(row.<Double>getAs("validationAuc")).isEqualTo(expected.get(i).validationAuc());
      assertThat(row.<Double>getAs("testAuc")).isEqualTo(expected.get(i).testAuc());
      assertThat(row.<Double>getAs("sparsity")).isEqualTo(expected.get(i).sparsity());
    }
    assertThat(rows.stream().filter(row -> row.getLong(0) != seed).map(r -> r.getDouble(5)))
        .isNotEqualTo(ofSeed.stream().map(r -> r.getDouble(5)).toList());

    // What a stop left is gone on with, and the end is the same.
    Path log = directory.resolve("seed-" + seed).resolve(ExperimentRun.LOG);
    List<String> lines = Files.readAllLines(log);
    Files.write(log, lines.subList(0, 4));
    assertThat(
            PriorGrid.resultsSoFar(LocalSpark.session(), directory)
                .filter("seed = " + seed)
                .count())
        .isEqualTo(3);
    told.clear();
    assertThat(grid.run(LocalSpark.session(), directory, told::add).collectAsList())
        .isEqualTo(rows);
    assertThat(told.get(0)).isEqualTo(3);
    assertThat(PriorGrid.resultsSoFar(LocalSpark.session(), directory).count())
        .isEqualTo(grid.trainings());
  }

  private static final class Silent implements ExperimentRun.Listener {
    @Override
    public void started(int total, int done) {}

    @Override
    public void finished() {}
  }

  @Test
  void theCommandFindsSparkByItsName() throws IOException {
    // The session that is there is taken, and lives on.
    LocalSpark.session();
    assertThat(experiment("spark", "spark:local[2]")).isEqualTo(experiment("threads", "2"));
    assertThat(LocalSpark.session().range(3).count()).isEqualTo(3);
    assertThatThrownBy(() -> WorkerPools.of("sprak:local"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must be a number or spark:ADDRESS, found \"sprak:local\"");
  }

  /** The lines of the results, which come in another order each time. */
  private List<String> experiment(String directory, String workers) throws IOException {
    Path out = folder.resolve(directory);
    List<String> arguments = new ArrayList<>(List.of("experiment", "sparsity"));
    SMALL.forEach(setting -> arguments.addAll(List.of("--set", setting)));
    arguments.addAll(List.of("--set", "lambdas=[1]"));
    arguments.addAll(List.of("--out", out.toString(), "--workers", workers));
    assertThat(Xgradient.commandLine().execute(arguments.toArray(new String[0]))).isZero();
    assertThat(out.resolve("report.html")).exists();
    return Files.readAllLines(out.resolve(ExperimentRun.LOG)).stream().sorted().toList();
  }

  /** All that the command knows but the one that measures times. */
  @Test
  void executorsKnowTheExperimentsOfTheCommand() {
    var err = new StringWriter();
    CommandLine command = Xgradient.commandLine().setErr(new PrintWriter(err));
    command.execute("experiment", "none", "--out", folder.resolve("none").toString());
    assertThat(err.toString()).contains("There are ");
    String names = err.toString().split("There are ", -1)[1].strip();
    assertThat(names.split(", ", -1)).contains("axioms", "text", "efficiency");
    for (String name : names.split(", ", -1)) {
      if (!name.equals("efficiency")) {
        assertThat(KnownExperiments.named(name).name()).isEqualTo(name);
      }
    }
  }

  /** What was loaded for the same configuration does not serve when the data are others. */
  @Test
  void dataThatChangedAreLoadedAnew() {
    var work = SparsityExperiment.ofMethods().prepare(configuration());
    String task =
        ExperimentJson.write(SparsityExperiment.ofMethods().tasks(configuration()).get(0));
    String json = Configurations.toJson(configuration());
    String result = new RemoteTask("sparsity", json, ExperimentJson.write(work.facts())).run(task);
    assertThat(result).contains("testAuc");
    var changed = new RemoteTask("sparsity", json, "{\"data\": \"others\"}");
    assertThatThrownBy(() -> changed.run(task))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("an executor must find the data of the driver");
  }

  @Test
  void aPlaceWithoutSparkIsSaidInALine() {
    LocalSpark.session().stop();
    assertThatThrownBy(() -> new SparkWorkersProvider().open("nope"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Spark can't be started at \"nope\": Could not parse Master URL: 'nope'; give a master"
                + " such as local[2] or spark://HOST:7077");
    assertThatThrownBy(() -> WorkerPools.of("spark:"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Spark has no master: none is given")
        .hasMessageContaining("give one such as local[2]");
  }

  @Test
  void onOneMachineNothingIsOpenToTheNetwork() {
    LocalSpark.session().stop();
    try (WorkerPool workers = new SparkWorkersProvider().open("local[1]")) {
      SparkConf conf = SparkSession.active().sparkContext().getConf();
      assertThat(conf.get("spark.ui.enabled")).isEqualTo("false");
      assertThat(conf.get("spark.driver.bindAddress")).isEqualTo("127.0.0.1");
      assertThat(conf.get("spark.driver.host")).isEqualTo("127.0.0.1");
      assertThat(workers).isInstanceOf(SparkWorkers.class);
    }
    // Its own, and stopped.
    assertThat(SparkSession.getDefaultSession().isEmpty()).isTrue();
  }

  @Test
  void refusesWhatExecutorsCannotDo() {
    assertThatThrownBy(() -> PriorGrid.of(configuration(), 1, 1))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("must be different");
    assertThatThrownBy(() -> KnownExperiments.named("efficiency"))
        .hasMessageContaining("executors know no experiment \"efficiency\"");
    var other = new RemoteTask("sparsity", Configurations.toJson(configuration()), "{}");
    assertThatThrownBy(() -> other.run("{}"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("an executor must find the data of the driver");
  }
}
