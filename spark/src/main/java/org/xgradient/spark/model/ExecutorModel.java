package org.xgradient.spark.model;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xgradient.attribution.AttributionMethod;
import org.xgradient.attribution.Attributions;
import org.xgradient.attribution.Attributor;
import org.xgradient.attribution.AttributorOptions;
import org.xgradient.data.FloatArray;
import org.xgradient.data.Task;
import org.xgradient.data.table.LabelEncoding;
import org.xgradient.graph.BoundModel;
import org.xgradient.graph.Model;
import org.xgradient.graph.Shapes;
import org.xgradient.graph.Target;
import org.xgradient.graph.runtime.SessionOptions;
import org.xgradient.training.table.ExplainedOutput;

/**
 * A model in the process of an executor, with its attributors. All tasks share it; each computes
 * with the thread that it has, so that as many compute at a time as the executor has cores.
 *
 * <p>The bits of a row depend on the model, the method, the batch size and the memory budget, and
 * neither on the partition nor on its place in it: batches that are not full are filled up.
 */
public final class ExecutorModel implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ExecutorModel.class);

  /** How long a model stays that no task uses, in milliseconds. */
  private static final String IDLE = "xgradient.spark.idleMillis";

  private static final Leases<ExecutorModel> SHARED =
      new Leases<>("xgradient-models", Duration.ofMillis(Long.getLong(IDLE, 60_000)));

  private final LoadedForm form;
  private final AttributionMethod method;
  private final ImmutableList<Attributor> attributors;
  private final boolean labelled;

  private ExecutorModel(ModelSpec spec, LoadedForm form) {
    this.form = form;
    BoundModel bound = form.bound();
    this.method = spec.method().method(bound);
    this.labelled = spec.labelled() && bound.model().outputs() > 1;
    this.attributors =
        targets(spec, form.labels()).stream()
            .map(target -> Attributor.of(bound, method, options(spec).withTarget(target)))
            .collect(toImmutableList());
  }

  private List<Target> targets(ModelSpec spec, Optional<LabelEncoding> meaning) {
    if (spec.labelled()) {
      return List.of(Target.label());
    }
    if (spec.outputs().isEmpty()) {
      return List.of(
          meaning
              .map(ExplainedOutput::usual)
              .map(ExplainedOutput::target)
              .orElse(Target.predicted()));
    }
    return spec.outputs().stream().map(output -> target(output, meaning)).toList();
  }

  /** The one logit of a binary model serves both of its classes. */
  private static Target target(int output, Optional<LabelEncoding> meaning) {
    boolean one = meaning.isPresent() && meaning.get().task() != Task.MULTICLASS;
    return one || output == ModelSpec.PREDICTED ? Target.predicted() : Target.index(output);
  }

  private static AttributorOptions options(ModelSpec spec) {
    return AttributorOptions.withDefaults()
        .withMaxBatch(spec.batch())
        .withMemoryBudget(spec.memoryBytes())
        .withWholeBatches();
  }

  /**
   * Takes the model into use; it is loaded if no task has it.
   *
   * @param spec what to load
   * @param archive gives the files
   * @return the use of it, to be closed
   * @throws RuntimeException if the model can't be loaded, or the method or an output does not
   *     apply to it
   */
  public static Leases.Lease<ExecutorModel> lease(ModelSpec spec, Supplier<ModelArchive> archive) {
    return SHARED.lease(spec.key(), () -> archive.get().withFiles(files -> load(spec, files)));
  }

  /** {@return what this process shares} */
  public static Leases<ExecutorModel> shared() {
    return SHARED;
  }

  private static ExecutorModel load(ModelSpec spec, Path files) {
    LoadedForm form = LoadedForm.load(spec, files, SessionOptions.inCallersThread());
    try {
      var model = new ExecutorModel(spec, form);
      LOG.info(
          "loaded a model of {} inputs, explained by {}, in batches of {}",
          model.model().inputShape(),
          model.method.getClass().getSimpleName(),
          spec.batch());
      return model;
    } catch (RuntimeException e) {
      form.close();
      throw e;
    }
  }

  /** {@return the model, whose inputs are the features} */
  public Model model() {
    return form.bound().model();
  }

  /** {@return the number of features of a row} */
  public int features() {
    return Shapes.size(form.bound().model().inputShape());
  }

  /** {@return the method that explains} */
  public AttributionMethod method() {
    return method;
  }

  /**
   * {@return what reads rows}
   *
   * @param input where the features come from
   */
  RowReader reader(InputColumns input) {
    return form.reader(input);
  }

  /** {@return what a value of the inputs is called} */
  String inputName(int index) {
    return form.inputName(index);
  }

  /** {@return what the outputs mean; empty for a plain SavedModel} */
  public Optional<LabelEncoding> labels() {
    return form.labels();
  }

  /**
   * Explains rows.
   *
   * @param values the features of the rows, {@link #features()} each, all finite
   * @param labelOfRow the output of each row to explain, where each row says which
   * @return the attributions
   * @throws org.xgradient.graph.NotFiniteException if an output or attribution is not finite
   */
  public Explanations explain(float[] values, int[] labelOfRow) {
    int[] one = form.bound().model().inputShape().toArray();
    int[] shape = new int[one.length + 1];
    shape[0] = values.length / features();
    System.arraycopy(one, 0, shape, 1, one.length);
    FloatArray rows = FloatArray.of(values, shape);
    ImmutableList<Attributions> found =
        attributors.stream()
            .map(a -> labelled ? a.attribute(rows, labelOfRow) : a.attribute(rows))
            .collect(toImmutableList());
    return new Explanations(found, found.stream().map(form::parts).collect(toImmutableList()));
  }

  @Override
  public void close() {
    form.close();
  }
}
