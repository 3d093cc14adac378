package org.xgradient.cli.evaluate;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.xgradient.attribution.heatmap.HeatMap;
import org.xgradient.attribution.heatmap.Picture;
import org.xgradient.data.FloatArray;
import org.xgradient.data.Task;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Model;
import org.xgradient.metrics.masking.GaussianBlur;
import org.xgradient.metrics.masking.KeptFractions;
import org.xgradient.metrics.masking.MaskedInputs;
import org.xgradient.metrics.masking.MaskingCurve;
import org.xgradient.metrics.masking.MaskingOptions;
import org.xgradient.report.ImageGrid;
import org.xgradient.report.PngImage;
import org.xgradient.report.text.Numbers;
import org.xgradient.report.text.SafeText;
import org.xgradient.training.image.ImageModel;

/**
 * Images. Masked pixels become those of the blurred image, with the kernel of the paper or the
 * largest that fits; for insertion with the kernel of its authors, and for deletion 0.
 *
 * @param imageModel the model, borrowed
 * @param names what the images are called
 */
public record ImageSubject(ImageModel imageModel, ImmutableList<String> names) implements Subject {

  /** Steps of insertion and deletion; their authors take 224. */
  private static final int CAUSAL_STEPS = 32;

  private static final int EXAMPLES = 2;
  private static final double[] SHOWN_FRACTIONS = {0.05, 0.15, 0.4};

  @Override
  public GraphSession session() {
    return imageModel.session();
  }

  @Override
  public Model model() {
    return imageModel.model();
  }

  @Override
  public Task task() {
    return Task.MULTICLASS;
  }

  @Override
  public Wording wording() {
    GaussianBlur blur = blur();
    return new Wording(
        "images",
        "pixels",
        "Masked pixels become those of the blurred image (%d pixels, sigma %s); for insertion with a small kernel, for deletion the mean color."
            .formatted(blur.size(), Numbers.significant(blur.sigma(), 3)));
  }

  private GaussianBlur blur() {
    return fitting(GaussianBlur.withDefaults());
  }

  private GaussianBlur fitting(GaussianBlur blur) {
    int side = imageModel.preprocessing().crop();
    return blur.fitting(side, side);
  }

  @Override
  public ImmutableList<MaskingOptions> maskings() {
    var fractions = KeptFractions.linear(CAUSAL_STEPS + 1);
    MaskingOptions insertion = MaskingOptions.insertion();
    return ImmutableList.of(
        MaskingOptions.withDefaults().withFill(blur()),
        insertion
            .withFractions(fractions)
            .withFill(
                insertion.fill() instanceof GaussianBlur blur ? fitting(blur) : insertion.fill()),
        MaskingOptions.deletion().withFractions(fractions));
  }

  @Override
  public int sampleForRandomization() {
    return 2;
  }

  @Override
  public ImmutableList<Example> examples(
      FloatArray inputs,
      ImmutableMap<String, FloatArray> attributions,
      ImmutableList<BandedCurve> curves) {
    var masked = new MaskedInputs(this, blur());
    ImmutableList.Builder<Example> examples = ImmutableList.builder();
    for (int image = 0; image < Math.min(EXAMPLES, inputs.rows()); image++) {
      examples.add(example(masked, image, inputs, attributions, curves));
    }
    return examples.build();
  }

  private Example example(
      MaskedInputs masked,
      int image,
      FloatArray inputs,
      ImmutableMap<String, FloatArray> attributions,
      ImmutableList<BandedCurve> curves) {
    FloatArray input = inputs.rows(image, image + 1);
    List<Integer> points = points(curves.get(0).curve());
    var grid = ImageGrid.withColumns(headings(curves.get(0).curve(), points));
    for (BandedCurve banded : curves) {
      MaskingCurve curve = banded.curve();
      FloatArray all = Optional.ofNullable(attributions.get(curve.method())).orElseThrow();
      FloatArray values = all.rows(image, image + 1);
      List<PngImage> pictures = new ArrayList<>();
      pictures.add(PngImage.of(HeatMap.ofEach(values).get(0).picture().png(), curve.method()));
      List<String> outputs = new ArrayList<>();
      for (int point : points) {
        double fraction = curve.fractions().get(point);
        pictures.add(picture(masked.of(input, values, curve.metric(), fraction)));
        outputs.add(Numbers.significant(curve.value(image, point), 3));
      }
      grid.row("%s: %s".formatted(curve.method(), String.join(", ", outputs)), pictures);
    }
    String caption =
        "%s: what stays for %s, and before each row what the model makes of it."
            .formatted(SafeText.isolated(names.get(image)), curves.get(0).curve().metric().name());
    ImageGrid built = grid.build();
    return page -> page.images(built, caption);
  }

  private static String[] headings(MaskingCurve curve, List<Integer> points) {
    List<String> headings = new ArrayList<>(List.of("heat map"));
    for (int point : points) {
      headings.add("%.0f %%".formatted(100 * curve.fractions().get(point)));
    }
    return headings.toArray(String[]::new);
  }

  /** The points of the curve nearest to the fractions to show. */
  private static List<Integer> points(MaskingCurve curve) {
    List<Integer> points = new ArrayList<>();
    for (double shown : SHOWN_FRACTIONS) {
      IntStream.range(0, curve.fractions().length())
          .boxed()
          .min(Comparator.comparing(point -> Math.abs(curve.fractions().get(point) - shown)))
          .ifPresent(points::add);
    }
    return points.stream().distinct().toList();
  }

  private PngImage picture(FloatArray prepared) {
    FloatArray image = FloatArray.of(prepared.values(), prepared.rowShape().toArray());
    return PngImage.of(Picture.of(imageModel.preprocessing().restore(image)).png(), "what stays");
  }
}
