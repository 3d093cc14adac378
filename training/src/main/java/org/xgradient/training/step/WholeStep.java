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
import org.xgradient.graph.BoundModel;
import org.xgradient.graph.Feeds;
import org.xgradient.graph.ForwardPass;
import org.xgradient.graph.Gradients;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Mode;
import org.xgradient.graph.Model;
import org.xgradient.graph.Parameter;
import org.xgradient.graph.VariableReads;
import org.xgradient.training.objective.Objective;
import org.xgradient.training.objective.WeightedPrior;
import org.xgradient.training.optimizer.Slots;
import org.xgradient.training.optimizer.UpdateRule;

/** A training step in one run. The task loss and the attributions share one forward pass. */
final class WholeStep {

  private final GraphSession session;
  private final UpdateRule rule;
  private final BatchOperands batch;
  private final ForwardPass pass;
  private final ImmutableList<Placeholder<TFloat32>> weights;
  private final ImmutableList<Operand<TFloat32>> losses;
  private final ImmutableList<Op> updates;

  WholeStep(BoundModel bound, Objective objective, UpdateRule rule) {
    this.session = bound.session();
    this.rule = rule;
    Model model = bound.model();
    Ops tf = model.ops().withSubScope("step");
    batch = BatchOperands.of(tf, model, objective);
    pass =
        model
            .forward(batch.inputs(), Mode.training(batch.seed()))
            .withLabels(tf.dtypes.cast(batch.labels(), TInt32.class));

    var loss = tf.math.mean(batch.losses(tf, objective.loss(), pass.logits()), tf.constant(0));
    Operand<TFloat32> total = loss;
    List<Operand<TFloat32>> parts = new ArrayList<>(List.of(loss));
    ImmutableList.Builder<Placeholder<TFloat32>> fedWeights = ImmutableList.builder();
    for (WeightedPrior prior : objective.priors()) {
      var penalty = prior.penalty(pass);
      var weight = Slots.scalar(tf, "prior_weight");
      total = tf.math.add(total, tf.math.mul(weight, penalty));
      parts.add(penalty);
      fedWeights.add(weight);
    }
    weights = fedWeights.build();
    // One fetch costs less than several.
    losses = ImmutableList.of(tf.stack(parts));

    var values = model.parameters().stream().map(Parameter::value).toList();
    var gradients = Gradients.of(tf, total, values);
    updates = updates(tf, model.parameters(), gradients);
  }

  /**
   * Each parameter is updated once all that reads it is done, and its gradient forgotten then: the
   * losses are those before the step, which need not hold the gradients of all parameters. A run
   * that fails may have updated some of them.
   */
  private ImmutableList<Op> updates(
      Ops tf, List<Parameter> parameters, ImmutableList<Operand<TFloat32>> gradients) {
    var reads =
        VariableReads.of(
            ImmutableList.<Operand<TFloat32>>builder().addAll(losses).addAll(gradients).build());
    ImmutableList.Builder<Op> all = ImmutableList.builder();
    for (int i = 0; i < gradients.size(); i++) {
      all.add(
          rule.update(reads.after(tf, parameters.get(i), gradients.get(i)), i, gradients.get(i)));
    }
    return all.build();
  }

  ForwardPass pass() {
    return pass;
  }

  StepLosses run(StepInput input) {
    Feeds feeds = batch.feed(input);
    for (int i = 0; i < weights.size(); i++) {
      feeds = feeds.withScalar(weights.get(i), (float) input.priorWeights().get(i));
    }
    float[] fetched =
        session.run(rule.feed(feeds, input.rate(), input.step()), losses, updates).get(0).values();
    ImmutableDoubleArray.Builder penalties = ImmutableDoubleArray.builder(weights.size());
    for (int i = 1; i < fetched.length; i++) {
      penalties.add(fetched[i]);
    }
    return new StepLosses(fetched[0], penalties.build());
  }
}
