package org.xgradient.cli.evaluate;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.xgradient.cli.image.ImageInput;
import org.xgradient.cli.option.AttributionOptions;
import org.xgradient.data.DataException;
import org.xgradient.data.FloatArray;
import org.xgradient.data.Task;
import org.xgradient.data.image.ImageStream;
import org.xgradient.report.progress.ProgressReporter;
import org.xgradient.training.image.ImageModel;

/**
 * Compares methods on images.
 *
 * @param name what the model is called
 * @param model the model, borrowed
 * @param attribution how methods run
 * @param ownClass whether the label is the class that the model predicts, and not the folder
 * @param count the number of images to draw, if there are more
 */
record ImageComparison(
    String name, ImageModel model, AttributionOptions attribution, boolean ownClass, int count) {

  static final Task TASK = Task.MULTICLASS;

  Evaluation run(
      ImageInput images, ImmutableSet<EvaluationMetric> metrics, ProgressReporter progress) {
    var runs = attribution.runs();
    ImageInput drawn = images.size() <= count ? images : images.sample(count, runs.seed());
    ImageStream.Chunk loaded = drawn.readAll(model.preprocessing());
    FloatArray inputs = loaded.images();
    ImmutableList<String> names =
        loaded.files().stream().map(images::name).collect(ImmutableList.toImmutableList());
    FloatArray labels = ownClass ? predicted(inputs) : labels(images.folder(), names);
    int[] classes = PlannedEvaluation.classes(labels, TASK);
    var methods =
        new ComparedMethods(attribution)
            .of(model, inputs, classes, Optional.of(references(inputs)));
    var comparison =
        new PlannedEvaluation(
            new ImageSubject(model, names),
            inputs,
            labels,
            methods,
            metrics,
            runs.memoryBudget(),
            runs.seed());
    var provenance =
        ComparedMethods.provenance(attribution, methods)
            .with("model", name)
            .with("images", images.folder().getFileName())
            .with("most images", count)
            .with("label", ownClass ? "the class that the model predicts" : "the folder's name");
    return Evaluator.run(comparison, progress, provenance);
  }

  private FloatArray references(FloatArray explained) {
    return attribution
        .references()
        .map(folder -> ImageInput.of(folder, false, Integer.MAX_VALUE))
        .map(input -> input.sample(attribution.draws(), attribution.runs().seed()))
        .map(input -> input.readAll(model.preprocessing()).images())
        .orElse(explained);
  }

  private FloatArray predicted(FloatArray inputs) {
    var predictions = model.predict(inputs);
    float[] labels = new float[predictions.images()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = predictions.top(i, 1).get(0).index();
    }
    return FloatArray.of(labels, labels.length);
  }

  private FloatArray labels(Path folder, List<String> names) {
    List<String> classes = model.classes().names();
    float[] labels = new float[names.size()];
    for (int i = 0; i < labels.length; i++) {
      List<String> path = Splitter.on('/').splitToList(names.get(i));
      int index = path.size() == 2 ? classes.indexOf(path.get(0)) : -1;
      if (index < 0) {
        throw new DataException(
            "images must be in folders named like one of the %d classes, found %s in %s; with --own-class the class that the model predicts is the label"
                .formatted(classes.size(), names.get(i), folder));
      }
      labels[i] = index;
    }
    return FloatArray.of(labels, labels.length);
  }
}
