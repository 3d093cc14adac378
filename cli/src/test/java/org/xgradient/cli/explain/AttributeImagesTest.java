package org.xgradient.cli.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xgradient.cli.ImageInputs;
import org.xgradient.cli.Xgradient;
import org.xgradient.data.FloatArray;
import org.xgradient.data.format.NamedArrays;
import org.xgradient.data.format.Safetensors;
import org.xgradient.data.image.ImagePreprocessing;
import org.xgradient.data.image.Images;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Predictor;
import org.xgradient.graph.architectures.Networks;
import org.xgradient.graph.architectures.Weights;
import org.xgradient.graph.network.Network;

/** {@code attribute --images} with random weights in PyTorch's layout. */
class AttributeImagesTest {

  /** The README of the reference weights reports 2.5e-7; sums of float numbers leave some more. */
  private static final double ROUNDING = 1e-4;

  @TempDir private Path folder;
  private Path images;
  private Path weights;
  private Path classes;
  private NamedArrays arrays;

  private record Outcome(int code, String out, String error) {}

  @BeforeEach
  void writeFiles() throws IOException {
    images = Files.createDirectory(folder.resolve("photos"));
    ImageInputs.writeImage(images.resolve("a.png"), 300, 260, 5);
    ImageInputs.writeImage(images.resolve("b.jpg"), 240, 280, 9);
    Files.writeString(images.resolve("notes.txt"), "not an image");

    arrays = squeezeNetWeights();
    weights = folder.resolve("weights.safetensors");
    Safetensors.write(weights, arrays);

    List<String> lines = new ArrayList<>(List.of("index,name"));
    for (int i = 0; i < 1000; i++) {
      lines.add(i + ",\"kind, " + i + "\"");
    }
    classes = Files.write(folder.resolve("classes.csv"), lines);
  }

  /** With biases that matter, and the names of the authors' arrays. */
  private static NamedArrays squeezeNetWeights() {
    Map<String, FloatArray> arrays = new LinkedHashMap<>();
    ImageInputs.pytorchWeights(Networks.squeezeNet(), 20, 4)
        .forEach(
            (name, array) ->
                arrays.put(name.replace(".weight", "_W").replace(".bias", "_b"), array));
    return NamedArrays.of(arrays);
  }

  @Test
  void explainsByANetworkAndItsVariantWithoutBiases() throws IOException {
    Path out = folder.resolve("out");
    Outcome outcome =
        run(
            "--images IMAGES --network squeezenet,x-squeezenet --weights WEIGHTS --classes CLASSES"
                + " --steps 3 --percentile 98 --out "
                + out);
    assertThat(outcome.error()).isEmpty();
    assertThat(outcome.code()).isZero();
    assertThat(outcome.out())
        .contains("Explained 2 images; left out 1 file that is not a whole image");

    List<CSVRecord> rows = rows(out);
    assertThat(rows.stream().map(row -> row.get("network") + " " + row.get("method")))
        .containsExactly(
            "squeezenet ixg",
            "squeezenet ig",
            "squeezenet ixg",
            "squeezenet ig",
            "x-squeezenet xg",
            "x-squeezenet ixg",
            "x-squeezenet ig",
            "x-squeezenet xg",
            "x-squeezenet ixg",
            "x-squeezenet ig");
    for (CSVRecord row : rows) {
      assertIsPredicted(row);
      double error = Double.parseDouble(row.get("completeness error"));
      if (row.get("network").startsWith("x-")) {
        assertThat(error).isLessThan(ROUNDING);
        assertThat(Double.parseDouble(row.get("baseline output"))).isZero();
      } else if (row.get("method").equals("ixg")) {
        assertThat(error).isGreaterThan(0.01);
      }
      BufferedImage map =
          ImageIO.read(
              out.resolve(row.get("network"))
                  .resolve(row.get("image") + "-" + row.get("method") + ".png")
                  .toFile());
      assertThat(map.getWidth()).isEqualTo(227);
      assertThat(fullyColoured(map)).isBetween(0.015, 0.025);
    }
    String page = Files.readString(out.resolve("report.html"));
    assertThat(page)
        .contains("xg is not shown", "the network is not proven homogeneous")
        .contains(rows.get(0).get("class"));
    BufferedImage sheet = ImageIO.read(out.resolve("x-squeezenet-sheet-1.png").toFile());
    assertThat(sheet.getWidth()).isEqualTo(8 + 4 * 235);
    assertThat(sheet.getHeight()).isEqualTo(8 + 2 * 235);
  }

  /** The share of pixels in either full colour: those beyond the percentile. */
  private static double fullyColoured(BufferedImage map) {
    int full = 0;
    for (int row = 0; row < map.getHeight(); row++) {
      for (int column = 0; column < map.getWidth(); column++) {
        int color = map.getRGB(column, row) & 0xFFFFFF;
        full += color == 0xD55E00 || color == 0x0072B2 ? 1 : 0;
      }
    }
    return full / (double) (map.getWidth() * map.getHeight());
  }

  private void assertIsPredicted(CSVRecord row) {
    boolean regular = row.get("network").equals("squeezenet");
    Network network = regular ? Networks.squeezeNet() : Networks.squeezeNet().withoutBiases();
    Weights mapping = regular ? Weights.pytorch() : Weights.pytorch().withoutBiases();
    float[] image =
        ImagePreprocessing.squeezeNet()
            .apply(Images.read(images.resolve(row.get("image"))))
            .values();
    try (GraphSession session = GraphSession.open()) {
      var model = network.build(session, mapping.map(network, arrays.arrays()));
      float[] logits = Predictor.of(model).logits(FloatArray.of(image, 1, 227, 227, 3)).values();
      int best = 0;
      for (int i = 1; i < logits.length; i++) {
        best = logits[i] > logits[best] ? i : best;
      }
      assertThat(row.get("class index")).isEqualTo(Integer.toString(best));
      assertThat(row.get("class")).isEqualTo("kind, " + best);
      assertThat(Float.parseFloat(row.get("output")))
          .isBetween(0.9999f * logits[best], 1.0001f * logits[best]);
    }
  }

  private static List<CSVRecord> rows(Path out) throws IOException {
    CSVFormat format = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();
    try (CSVParser parser =
        CSVParser.parse(out.resolve("attributions.csv"), StandardCharsets.UTF_8, format)) {
      return parser.getRecords();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--images none --network x-squeezenet --weights WEIGHTS | none",
        "--images EMPTY --network x-squeezenet --weights WEIGHTS | must be an image or a folder with images, found no file in it",
        "--images IMAGES --network x-squeezenet --weights WEIGHTS --strict | notes.txt",
        "--images IMAGES --network lenet --weights WEIGHTS | the network must be one of",
        "--images IMAGES --network squeezenet --weights WEIGHTS --methods xg | none of the methods [xg] applies to squeezenet",
        "--images IMAGES --network x-squeezenet --weights none.npz | none.npz",
        "--images IMAGES --network x-squeezenet --weights CLASSES | weights must be a file *.npz",
        "--images IMAGES --network x-squeezenet --weights WEIGHTS --classes FEW | has 1000 classes, found 2 names",
        "--images IMAGES --network x-squeezenet --weights WEIGHTS --classes SHUFFLED | must be 0, 1, 2 and so on, found \"1\" instead of 0",
        "--images IMAGES --network x-squeezenet --weights WEIGHTS --classes NAMELESS | must have a column \"name\"",
        "--images IMAGES --network x-squeezenet | give them with --weights FILE",
        "--images IMAGES | missing: --model DIR, or --network NAME with --weights FILE",
        "--images IMAGES --data CLASSES --network x-squeezenet --weights WEIGHTS | found both",
        "--network x-squeezenet --weights WEIGHTS | missing: --data FILE.csv, --images FOLDER or --text FILE",
        "--images IMAGES --network x-squeezenet --weights WEIGHTS --methods eg --references none | none",
        "--images IMAGES --model none | must be a model directory with a file model.json",
        "--images IMAGES --network x-squeezenet --weights WEIGHTS --methods lime | lime",
        "--images IMAGES --network x-squeezenet --weights WEIGHTS --percentile 0 | --percentile must be above 0",
        "--images IMAGES --network x-squeezenet --weights WEIGHTS --top 0 | --top must be at least 1, found 0",
        "--images IMAGES --network x-squeezenet --weights WEIGHTS --limit 0 | --limit must be at least 1, found 0",
      })
  void reportsBadInputInOneLine(String arguments, String expected) throws IOException {
    Files.createDirectory(folder.resolve("empty"));
    Files.writeString(folder.resolve("few.csv"), "name\ncat\ndog\n");
    Files.writeString(folder.resolve("shuffled.csv"), "index,name\n1,cat\n0,dog\n");
    Files.writeString(folder.resolve("nameless.csv"), "index,label\n0,cat\n1,dog\n");
    Path out = folder.resolve("out");
    Outcome outcome = run(arguments + " --out " + out);
    assertThat(outcome.code()).isNotZero();
    assertThat(outcome.error().strip().lines()).hasSize(1);
    assertThat(outcome.error()).startsWith("xgradient: ").contains(expected);
    assertThat(out).doesNotExist();
  }

  private Outcome run(String arguments) {
    String[] words =
        Stream.concat(Stream.of("attribute"), Stream.of(arguments.strip().split(" ")))
            .map(word -> word.equals("IMAGES") ? images.toString() : word)
            .map(word -> word.equals("WEIGHTS") ? weights.toString() : word)
            .map(word -> word.equals("CLASSES") ? classes.toString() : word)
            .map(word -> word.equals("EMPTY") ? folder.resolve("empty").toString() : word)
            .map(word -> word.equals("FEW") ? folder.resolve("few.csv").toString() : word)
            .map(word -> word.equals("SHUFFLED") ? folder.resolve("shuffled.csv").toString() : word)
            .map(word -> word.equals("NAMELESS") ? folder.resolve("nameless.csv").toString() : word)
            .toArray(String[]::new);
    StringWriter error = new StringWriter();
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream out = System.out;
    PrintStream err = System.err;
    try {
      System.setOut(new PrintStream(printed, false, StandardCharsets.UTF_8));
      System.setErr(new PrintStream(PrintStream.nullOutputStream(), false, StandardCharsets.UTF_8));
      int code = Xgradient.commandLine().setErr(new PrintWriter(error)).execute(words);
      System.out.flush();
      return new Outcome(code, printed.toString(StandardCharsets.UTF_8), error.toString());
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }
}
