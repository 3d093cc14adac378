package org.xgradient.experiments.image;

import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableIntArray;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.xgradient.data.Checksums;
import org.xgradient.data.DataException;
import org.xgradient.data.Dataset;
import org.xgradient.data.FloatArray;
import org.xgradient.data.RegularFiles;
import org.xgradient.data.Subset;
import org.xgradient.data.image.DamagedFiles;
import org.xgradient.data.image.ImageFiles;
import org.xgradient.data.image.ImageFolder;
import org.xgradient.graph.Predictor;
import org.xgradient.training.image.ImageModel;
import org.xgradient.training.image.ImageModelInfo;

/** Opens model directories on a folder of photos. */
final class NetworkFiles {

  private final ImageSubjects subjects;

  NetworkFiles(ImageSubjects subjects) {
    this.subjects = subjects;
  }

  /** {@return the number of images and what tells them and the models from others} */
  ImmutableMap<String, String> facts() {
    ImmutableMap.Builder<String, String> facts = ImmutableMap.builder();
    for (String model : subjects.models()) {
      facts.put(
          "weights of " + ImageModel.info(Path.of(model)).network() + " in " + model,
          "SHA-256 " + Checksums.sha256(Path.of(model).resolve(ImageModel.WEIGHTS)));
    }
    ImageFiles files = files(Path.of(subjects.models().get(0)));
    StringBuilder sums = new StringBuilder();
    files.files().forEach(file -> sums.append(Checksums.sha256(file)).append('\n'));
    return facts
        .put(
            "images",
            "%s files, SHA-256 of their SHA-256 %s"
                .formatted(
                    files.size(),
                    Checksums.sha256(sums.toString().getBytes(StandardCharsets.UTF_8))))
        .buildOrThrow();
  }

  OpenNetwork open(ImageTask task) {
    ImageModel model = ImageModel.load(Path.of(task.model()));
    try {
      return new OpenNetwork(model, images(model), model.preprocessing()::restore, model);
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
  }

  private Dataset images(ImageModel model) {
    if (subjects.target() == ImageTarget.LABEL) {
      ImageFolder folder = labelled(model.info());
      int count = Math.min(subjects.count(), folder.size());
      return new Subset(folder, ImmutableIntArray.copyOf(first(count)));
    }
    ImageFiles files =
        ImageFiles.in(Path.of(subjects.images()), model.preprocessing(), DamagedFiles.SKIP);
    Predictor predictor = Predictor.of(model);
    ImmutableIntArray.Builder classes = ImmutableIntArray.builder();
    for (int i = 0; i < Math.min(subjects.count(), files.size()); i++) {
      FloatArray logits = predictor.logits(files.read(i));
      classes.add(RankedLogits.of(logits.values()).top(1).get(0));
    }
    return new PhotoSet(files, classes.build(), model.model().outputs());
  }

  private ImageFolder labelled(ImageModelInfo info) {
    Path folder = Path.of(subjects.images());
    if (!Files.isDirectory(folder)) {
      throw new DataException("\"images\" must be a folder, found none at " + folder);
    }
    RegularFiles.checkNoDevice(folder);
    try (DirectoryStream<Path> classes = Files.newDirectoryStream(folder, Files::isDirectory)) {
      if (!classes.iterator().hasNext()) {
        throw new DataException(
            "\"images\" must be a folder with a folder for each class, found none in %s; for images without labels set \"target\" to \"predicted\""
                .formatted(folder));
      }
    } catch (IOException e) {
      throw DataException.unreadable(folder, e);
    }
    return ImageFolder.in(folder, info.classes().names(), info.preprocessing(), DamagedFiles.SKIP);
  }

  private ImageFiles files(Path directory) {
    var info = ImageModel.info(directory);
    return subjects.target() == ImageTarget.LABEL
        ? labelled(info).images()
        : ImageFiles.in(Path.of(subjects.images()), info.preprocessing(), DamagedFiles.SKIP);
  }

  private static int[] first(int count) {
    int[] rows = new int[count];
    for (int i = 0; i < count; i++) {
      rows[i] = i;
    }
    return rows;
  }
}
