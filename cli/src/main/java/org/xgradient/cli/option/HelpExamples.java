package org.xgradient.cli.option;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;

/** How commands are called: at the end of the help of each. */
public final class HelpExamples {

  private static final ImmutableListMultimap<String, String> OF_COMMAND =
      ImmutableListMultimap.<String, String>builder()
          .putAll(
              "demo",
              "demo",
              "demo --images --out pictures",
              "demo --repetitions 3 --seed 7 --out quick")
          .putAll(
              "train",
              "train --data people.csv --label income --out model",
              "train --data people.csv --label income --prior mask --mask sex --out fair",
              "train --images photos --network x-convnet --out birds")
          .putAll(
              "predict",
              "predict --model model --data new.csv --keep id --out predictions.csv",
              "predict --model model --data - --out -",
              "predict --model birds --images photos --top 3 --out classes.csv")
          .putAll(
              "attribute",
              "attribute --model model --data new.csv --out reasons.csv",
              "attribute --model model --data new.csv --target all --out all.csv.gz",
              "attribute --model birds --images photos --overlay --out explained")
          .putAll(
              "evaluate",
              "evaluate --model model --data people.csv --out judged",
              "evaluate --model model --data people.csv --methods auto,ig --out judged",
              "evaluate --model birds --images photos --methods xg,ig --out judged")
          .putAll(
              "import",
              "import --network squeezenet --weights W.pth --classes names.txt --out m",
              "import --network x-vgg16 --weights W.safetensors --out m",
              "import --network x-convnet --weights W.npz --image-size 32 --out m")
          .putAll(
              "export",
              "export --model model --out serving",
              "export --model model --method ig --steps 32 --out serving",
              "export --model birds --method grad --out serving")
          .putAll(
              "check",
              "check --model model",
              "check --model saved_model --probe",
              "check --model saved_model --quiet")
          .putAll(
              "strip-bias",
              "strip-bias --model model --out stripped",
              "strip-bias --model model --data people.csv --out stripped",
              "strip-bias --model saved_model --probe --out stripped")
          .putAll(
              "nhanes",
              "nhanes --folder downloads --out nhanes.csv",
              "nhanes --folder downloads --horizon 10 --out nhanes.csv",
              "nhanes --folder downloads --expansion tail118 --out nhanes.csv")
          .putAll("doctor", "doctor", "doctor --verbose", "doctor --stacktrace")
          .putAll(
              "experiment",
              "experiment axioms --quick --out axioms",
              "experiment sparsity --out sparsity --set repetitions=60",
              "experiment promises --tables folder --resume --out promises")
          .putAll("help", "help", "help train", "help experiment")
          .putAll(
              "generate-completion",
              "generate-completion",
              "generate-completion > xgradient.bash",
              "generate-completion | source /dev/stdin")
          .build();

  private HelpExamples() {}

  /**
   * {@return how a command is called, without the name of the program; none of a command that has
   * none}
   *
   * @param command its name
   */
  public static ImmutableList<String> of(String command) {
    return OF_COMMAND.get(command);
  }
}
