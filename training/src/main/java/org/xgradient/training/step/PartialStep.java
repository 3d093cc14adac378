package org.xgradient.training.step;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.xgradient.data.Batch;
import org.xgradient.data.FloatArray;
import org.xgradient.data.Seeds;
import org.xgradient.graph.BoundModel;
import org.xgradient.graph.Feeds;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Mode;
import org.xgradient.graph.Model;
import org.xgradient.training.objective.AttributionPrior;
import org.xgradient.training.objective.Objective;
import org.xgradient.training.objective.PriorByExample;
import org.xgradient.training.objective.WeightedPrior;
import org.xgradient.training.optimizer.Accumulators;
import org.xgradient.training.optimizer.Slots;
import org.xgradient.training.optimizer.UpdateRule;

/**
 * A training step in several runs that each keep within a memory budget, then one update.
 *
 * <p>Two passes: the first computes the attributions of the batch, part by part, and from them the
 * derivatives of the priors; the second goes back through one part at a time and sums the gradients
 * in variables of the graph. The result is that of {@link WholeStep} but for rounding, as long as a
 * part has all examples of the batch and only the points of paths are divided. Where examples are
 * divided too, each part draws from a seed of its own, and a method that looks at the batch sees
 * the part.
 */
final class PartialStep {

  private final GraphSession session;
  private final UpdateRule rule;
  private final BatchOperands part;
  private final Placeholder<TFloat32> scale;
  private final ImmutableList<Operand<TFloat32>> sumsOfPart;
  private final ImmutableList<PartialPrior> priors;
  private final ImmutableList<PartialIndependence> demands;
  private final int penalties;
  private final ImmutableList<Op> reset;
  private final ImmutableList<Op> addTask;
  private final ImmutableList<ImmutableList<Op>> addPaths;
  private final ImmutableList<Op> update;

  PartialStep(BoundModel bound, Objective objective, UpdateRule rule) {
    this.session = bound.session();
    this.rule = rule;
    Model model = bound.model();
    Ops tf = model.ops().withSubScope("partial_step");
    part = BatchOperands.of(tf, model, objective);
    scale = Slots.scalar(tf, "scale");
    var pass =
        model
            .forward(part.inputs(), Mode.training(part.seed()))
            .withLabels(tf.dtypes.cast(part.labels(), TInt32.class));
    var losses = part.losses(tf, objective.loss(), pass.logits());
    Operand<TFloat32> scaled = tf.math.mul(scale, tf.reduceSum(losses, tf.constant(0)));
    penalties = objective.priors().size();
    ImmutableList.Builder<PartialPrior> ofAttributions = ImmutableList.builder();
    ImmutableList.Builder<PartialIndependence> ofOutputs = ImmutableList.builder();
    for (int i = 0; i < penalties; i++) {
      WeightedPrior prior = objective.priors().get(i);
      if (prior instanceof AttributionPrior attributionPrior) {
        ofAttributions.add(new PartialPrior(tf, pass, attributionPrior, i));
      } else if (prior instanceof PriorByExample byExample) {
        ofOutputs.add(PartialIndependence.of(tf, pass, byExample, scale, i));
      }
    }
    priors = ofAttributions.build();
    demands = ofOutputs.build();

    var sums = new Accumulators(model.ops(), model.parameters());
    reset = sums.reset(tf);
    Operand<TFloat32> total = scaled;
    List<Operand<TFloat32>> fetched = new ArrayList<>(List.of(scaled));
    for (PartialIndependence demand : demands) {
      total = tf.math.add(total, demand.weighted());
      fetched.add(demand.penalty());
    }
    sumsOfPart = ImmutableList.of(tf.stack(fetched));
    ImmutableList.Builder<ImmutableList<Op>> paths = ImmutableList.builder();
    for (PartialPrior prior : priors) {
      if (prior.isPath()) {
        paths.add(sums.add(tf, prior.linear()));
      } else {
        // Shares the forward pass of the loss.
        total = tf.math.add(total, prior.linear());
        paths.add(ImmutableList.of());
      }
    }
    addTask = sums.add(tf, total);
    addPaths = paths.build();
    update = rule.updateAll(tf, sums.values());
  }

  /**
   * Runs a step.
   *
   * @param input what the step works on
   * @param rows the number of examples of a part
   * @param points the number of points of a chunk
   * @return the losses before the update
   */
  StepLosses run(StepInput input, int rows, int points) {
    session.run(Feeds.none(), List.of(), reset);
    ImmutableList<Part> parts = parts(input, rows);
    double[] penalty = new double[penalties];
    List<FloatArray> derivatives = new ArrayList<>();
    for (PartialPrior prior : priors) {
      FloatArray attributions = attributions(input, prior, parts, points);
      Feeds feeds =
          prior.feedWhole(Feeds.none(), attributions, input.priorWeights().get(prior.index()));
      var fetched =
          session.run(feeds, List.of(prior.penalty(), prior.wholeDerivative()), List.of());
      penalty[prior.index()] = fetched.get(0).values()[0];
      derivatives.add(fetched.get(1));
    }
    double mean = 0;
    for (Part rowsOfPart : parts) {
      float[] sums = accumulate(rowsOfPart, input.priorWeights(), derivatives, points);
      mean += sums[0];
      for (int i = 0; i < demands.size(); i++) {
        penalty[demands.get(i).index()] += sums[1 + i];
      }
    }
    session.run(rule.feed(Feeds.none(), input.rate(), input.step()), List.of(), update);
    return new StepLosses(mean, ImmutableDoubleArray.copyOf(penalty));
  }

  /** Some examples of the batch, and what to feed for them. */
  private record Part(int from, int to, Feeds feeds) {}

  private ImmutableList<Part> parts(StepInput input, int rows) {
    Batch batch = input.batch();
    ImmutableList.Builder<Part> parts = ImmutableList.builder();
    for (int from = 0; from < batch.size(); from += rows) {
      int to = Math.min(batch.size(), from + rows);
      // The first part draws what the whole batch would.
      long seed = from == 0 ? input.seed() : Seeds.derive(input.seed(), "part", from);
      Feeds feeds = part.feed(input, from, to, seed).withScalar(scale, 1f / batch.size());
      parts.add(new Part(from, to, feeds));
    }
    return parts.build();
  }

  private FloatArray attributions(
      StepInput input, PartialPrior prior, List<Part> parts, int points) {
    FloatArray inputs = input.batch().inputs();
    float[] all = new float[inputs.size()];
    for (Part rows : parts) {
      for (int point = 0; point < prior.points(); point += points) {
        int count = Math.min(points, prior.points() - point);
        Feeds feeds = prior.feedChunk(rows.feeds(), point, count);
        float[] contribution = session.run(feeds, prior.attributions()).values();
        int offset = rows.from() * inputs.rowSize();
        for (int i = 0; i < contribution.length; i++) {
          all[offset + i] += contribution[i];
        }
      }
    }
    return FloatArray.of(all, inputs.shape().toArray());
  }

  /**
   * Adds the gradients of a part to the sums, and returns its shares of the mean loss and of the
   * penalty of each demand.
   */
  private float[] accumulate(
      Part rows, ImmutableDoubleArray weights, List<FloatArray> derivatives, int points) {
    Feeds task = rows.feeds();
    for (PartialIndependence demand : demands) {
      task = task.withScalar(demand.weight(), (float) weights.get(demand.index()));
    }
    for (int i = 0; i < priors.size(); i++) {
      PartialPrior prior = priors.get(i);
      FloatArray derivative = derivatives.get(i).rows(rows.from(), rows.to());
      if (!prior.isPath()) {
        task = prior.feedDerivative(task, derivative);
        continue;
      }
      for (int point = 0; point < prior.points(); point += points) {
        int count = Math.min(points, prior.points() - point);
        Feeds feeds = prior.feedChunk(rows.feeds(), point, count);
        session.run(prior.feedDerivative(feeds, derivative), List.of(), addPaths.get(i));
      }
    }
    return session.run(task, sumsOfPart, addTask).get(0).values();
  }
}
