package org.xgradient.cli.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xgradient.attribution.Attributor;
import org.xgradient.attribution.AttributorOptions;
import org.xgradient.attribution.AutomaticOptions;
import org.xgradient.attribution.IntegratedGradients;
import org.xgradient.cli.SmallModels;
import org.xgradient.training.image.ImageModel;

/** However many images are explained, the graph does not grow. */
class ImageLoopsTest {

  @TempDir private Path folder;

  @Test
  void chunksOfImagesAddNoOperations() throws IOException {
    ImageInput input = ImageInput.of(SmallModels.writeImages(folder, 50), true, 50);
    AttributorOptions runs = AttributorOptions.withDefaults();
    ImageMethod auto =
        (model, images, options) -> {
          var choice = Attributor.auto(model, AutomaticOptions.withDefaults()).attribute(images);
          return ImageMethod.fromZero(
              model, choice.attributor(), Optional.of(choice.attributions()));
        };
    var methods =
        ImmutableMap.of(
            "auto",
            auto,
            "ig",
            ImageMethod.of(IntegratedGradients.withDefaults()),
            "eg",
            new ExpectedGradientsOfImages(input, 4, 1));
    List<Integer> operations = new ArrayList<>();
    try (ImageModel model = ImageModel.load(SmallModels.ofImages(folder))) {
      List<ImageExplainer> explainer = new ArrayList<>();
      input.forEach(
          model.preprocessing(),
          chunk -> {
            if (explainer.isEmpty()) {
              explainer.add(
                  ImageExplainer.of(model, "m", methods, runs, chunk.images().rows(0, 4)));
            }
            List<String> names = chunk.files().stream().map(input::name).toList();
            assertThat(explainer.get(0).explain(names, chunk.images(), 2)).hasSize(names.size());
            operations.add(SmallModels.operations(model.session()));
          });
    }
    assertThat(operations).hasSize(4).containsOnly(operations.get(0));
  }
}
