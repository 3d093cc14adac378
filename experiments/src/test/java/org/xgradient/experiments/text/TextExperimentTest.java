package org.xgradient.experiments.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xgradient.data.DataException;
import org.xgradient.experiments.text.TextExperiment.Arm;
import org.xgradient.experiments.text.TextExperiment.Configuration;
import org.xgradient.experiments.text.TextExperiment.Result;
import org.xgradient.experiments.text.TextExperiment.Task;

class TextExperimentTest {

  private static final TextExperiment EXPERIMENT = new TextExperiment();

  private static Configuration quick(String texts, String... only) {
    return new Configuration(
        texts, List.of(only), 2, 2, 12, 12, List.of(2, 3), 20, 6, 50, 0.005, 20, 16, 3, 0);
  }

  @Test
  void oneGradientIsIntegratedGradientsOnAnXNetworkOnly() {
    Configuration configuration = quick("");
    try (var worker = EXPERIMENT.prepare(configuration).workers().get()) {
      Result x = worker.run(new Task("generated", Arm.X, 0));
      Result regular = worker.run(new Task("generated", Arm.REGULAR, 0));
      assertThat(x.accuracy()).isGreaterThan(0.7);
      // Rounding of floats.
      assertThat(x.difference()).isLessThan(1e-5);
      assertThat(x.gap()).isLessThan(1e-5);
      assertThat(regular.difference()).isGreaterThan(1e-3);
      assertThat(x.keepOne()).isGreaterThan(x.keepRandom());
      assertThat(x.removeOne()).isLessThan(x.keepRandom());
    }
  }

  @Test
  void aPriorKeepsFromAPlantedWord() {
    Configuration configuration = quick("");
    try (var worker = EXPERIMENT.prepare(configuration).workers().get()) {
      double without = worker.run(new Task("generated", Arm.PLANTED, 0)).withWord();
      double with = worker.run(new Task("generated", Arm.PLANTED_REPLACED, 0)).withWord();
      assertThat(with).isGreaterThan(without);
    }
  }

  @Test
  void textsComeFromAFolder(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("TREC.train"), "A:x what is it ?\nB:y who is it ?\n");
    Files.writeString(folder.resolve("TREC.test"), "A:z what was it ?\n");
    Files.writeString(folder.resolve("SMSSpamCollection"), "ham\tHi \"you\nspam\tWIN\n");
    Configuration both = quick(folder.toString());
    assertThat(both.load()).extracting(TextData::name).containsExactly("trec", "sms");
    TextData trec = both.load().get(0);
    assertThat(trec.classes().names()).containsExactly("A", "B");
    assertThat(trec.parts(0).train().asList()).containsExactly(0, 1);
    assertThat(trec.parts(0).test().asList()).containsExactly(2);
    assertThat(EXPERIMENT.tasks(quick(folder.toString(), "sms"))).hasSize(10);
    assertThatThrownBy(() -> quick(folder.toString(), "other").load())
        .hasMessageContaining("[trec, sms], found \"other\"");
    assertThatThrownBy(() -> quick(folder.resolve("TREC.train").toString()).load())
        .isInstanceOf(DataException.class)
        .hasMessageContaining("TREC.train and TREC.test, or SMSSpamCollection");
  }
}
