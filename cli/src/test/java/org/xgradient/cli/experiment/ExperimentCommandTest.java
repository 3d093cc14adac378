package org.xgradient.cli.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xgradient.cli.Commands.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xgradient.cli.Commands.Outcome;
import org.xgradient.cli.ImageInputs;
import org.xgradient.data.format.Safetensors;
import org.xgradient.graph.architectures.Networks;
import org.xgradient.graph.network.Network;

class ExperimentCommandTest {

  @TempDir private Path folder;

  @Test
  void writesPageTableAndConfiguration() throws IOException {
    Path out = folder.resolve("axioms");
    Object[] command = {
      "experiment", "axioms", "--quick", "--set", "networks=2", "--set", "seeds=[3]", "--out", out
    };
    assertThat(run(command)).isEqualTo(new Outcome(0, ""));
    assertThat(Files.readString(out.resolve("report.html")))
        .contains("What agrees with the paper", "EG(1): all 7 axioms", "&quot;networks&quot; : 2");
    assertThat(Files.readAllLines(out.resolve("summary.csv"))).hasSize(7);
    assertThat(Files.readString(out.resolve("summary.json"))).contains("\"AGREES\"");

    assertThat(run(command).error()).contains("there are results in", "--resume");
    assertThat(run("experiment", "axioms", "--resume", "--set", "networks=3", "--out", out).error())
        .contains("are of another run: configuration must be");
  }

  @Test
  void comparesModelDirectoriesOnPhotos() throws IOException {
    int side = 12;
    Path weights = folder.resolve("weights.safetensors");
    Network network = Networks.smallConvNet(side, 3, 3);
    Safetensors.write(weights, ImageInputs.inModule(ImageInputs.pytorchWeights(network, 0.5, 4)));
    Path classes = Files.write(folder.resolve("classes.csv"), List.of("name", "a", "b", "c"));
    for (String name : List.of("convnet", "x-convnet")) {
      assertThat(
              run(
                  "import",
                  "--image-size",
                  side,
                  "--network",
                  name,
                  "--weights",
                  weights,
                  "--classes",
                  classes,
                  "--out",
                  folder.resolve(name)))
          .isEqualTo(new Outcome(0, ""));
    }
    Path photos = folder.resolve("photos");
    for (int i = 1; i <= 4; i++) {
      ImageInputs.writeImage(photos.resolve(i + ".png"), 20, 20, i);
    }
    List<Object> command =
        new ArrayList<>(
            List.of(
                "experiment",
                "contrast",
                "--model",
                folder.resolve("convnet"),
                folder.resolve("x-convnet"),
                "--images",
                photos));
    Path out = folder.resolve("contrast");
    command.addAll(List.of("--out", out));
    assertThat(run(command.toArray()).error())
        .contains("with a folder for each class, found none", "set \"target\" to \"predicted\"");

    command.addAll(List.of("--set", "target=predicted"));
    assertThat(run(command.toArray())).isEqualTo(new Outcome(0, ""));
    List<String> curve = Files.readAllLines(out.resolve("summary.csv"));
    assertThat(curve).hasSize(11);
    assertThat(curve.get(0))
        .isEqualTo("contrast,convnet,x-convnet,AlexNet (paper),X-AlexNet (paper)");
    // Its own best class is the target, so that each network begins at 1; the X-network stays.
    assertThat(curve.get(1)).startsWith("1.0,1.0000,1.0000,");
    assertThat(curve).allMatch(line -> line.startsWith("contrast") || line.contains(",1.0000,0."));
    assertThat(Files.readString(out.resolve("contrast.svg"))).contains("Accuracy against contrast");
    assertThat(Files.readString(out.resolve("report.html")))
        .contains("their labels are not known to be right", "x-convnet: of 4 images");

    Path labelled = folder.resolve("labelled");
    for (String name : List.of("a", "b", "c")) {
      ImageInputs.writeImage(labelled.resolve(name).resolve("1.png"), 20, 20, 2);
    }
    command.clear();
    command.addAll(List.of("experiment", "contrast", "--images", labelled));
    command.addAll(List.of("--model", folder.resolve("x-convnet")));
    command.addAll(List.of("--out", folder.resolve("accuracy")));
    assertThat(run(command.toArray())).isEqualTo(new Outcome(0, ""));
    // The same image is in the folder of each of the three classes.
    assertThat(Files.readAllLines(folder.resolve("accuracy").resolve("summary.csv")))
        .allMatch(line -> line.startsWith("contrast") || line.contains(",0.3333,"));
  }

  @ParameterizedTest
  @CsvSource({
    "bias-removal, relative difference to IG(4)",
    "metrics, KAM x 100",
    "attributions, data:image/png",
    "convergence, riemann left"
  })
  void writesPagesAboutImages(String name, String expected) throws IOException {
    Path out = folder.resolve(name);
    List<Object> command =
        new ArrayList<>(List.of("experiment", name, "--quick", "--out", out, "--workers", 1));
    command.addAll(List.of("--set", "seeds=[1]", "--set", "trainImages=32", "--set", "epochs=1"));
    command.addAll(List.of("--set", "count=18"));
    command.addAll(List.of("--set", name.equals("convergence") ? "steps=[1,2]" : "steps=4"));
    if (name.equals("convergence")) {
      command.addAll(List.of("--set", "reference=8"));
    }
    assertThat(run(command.toArray())).isEqualTo(new Outcome(0, ""));
    assertThat(Files.readString(out.resolve("report.html")))
        .contains("generated images of six shapes", expected);
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    assertThat(run("experiment", "axiom", "--out", folder).error())
        .startsWith(
            "xgradient: there is no experiment \"axiom\"; did you mean \"axioms\"? There are"
                + " axioms, ");
    assertThat(run("experiment", "axioms", "--set", "netwroks=3", "--out", folder).error())
        .isEqualTo(
            "xgradient: the configuration of --set has no key \"netwroks\"; did you mean \"networks\"? The keys"
                + " are networks, seeds\n");
    assertThat(run("experiment", "axioms").error())
        .startsWith("xgradient: give the directory to write to: --out DIR");
    assertThat(run("experiment", "axioms", "--print-config").code()).isZero();
  }
}
