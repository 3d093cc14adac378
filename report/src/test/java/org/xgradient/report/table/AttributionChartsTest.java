package org.xgradient.report.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xgradient.data.DataRandom;
import org.xgradient.data.FloatArray;
import org.xgradient.data.table.CategoricalColumn;
import org.xgradient.data.table.NumericColumn;
import org.xgradient.report.Xml;
import org.xgradient.report.chart.BarChart;
import org.xgradient.report.chart.Chart;
import org.xgradient.report.chart.ScatterChart;
import org.xgradient.report.chart.StripChart;

class AttributionChartsTest {

  private static final int ROWS = 1500;

  /**
   * What x adds depends on the group, what y adds on y alone, and the group itself adds nothing.
   */
  private static final AttributedRows TABLE = table();

  private static AttributedRows table() {
    DataRandom random = new DataRandom(11);
    double[] x = new double[ROWS];
    double[] y = new double[ROWS];
    int[] group = new int[ROWS];
    int[] kind = new int[ROWS];
    float[] contributions = new float[4 * ROWS];
    for (int row = 0; row < ROWS; row++) {
      x[row] = row % 50 == 0 ? Double.NaN : random.nextGaussian();
      y[row] = random.nextGaussian();
      group[row] = random.nextInt(2);
      kind[row] = random.nextInt(4) - 1;
      contributions[4 * row] =
          Double.isNaN(x[row]) ? 0 : (float) (x[row] * (group[row] == 1 ? 2 : -2));
      contributions[4 * row + 1] = (float) -y[row];
      contributions[4 * row + 3] = 0.1f * kind[row];
    }
    return new AttributedRows(
        "log-odds of b",
        ImmutableList.of(
            NumericColumn.of("x", x),
            NumericColumn.of("y", y),
            CategoricalColumn.of("group", List.of("first", "second"), group),
            CategoricalColumn.of("kind", List.of("p", "q", "r"), kind)),
        FloatArray.of(contributions, ROWS, 4),
        FloatArray.zeros(ROWS),
        Optional.of(FloatArray.zeros(ROWS)));
  }

  @Test
  void importanceIsTheMeanSizeOfWhatACellAdds() {
    BarChart chart = AttributionCharts.importance(TABLE);

    assertThat(chart.categories().stream().map(category -> category.label()))
        .containsExactly("x", "y", "kind", "group");
    double sum = 0;
    double squares = 0;
    for (int row = 0; row < ROWS; row++) {
      double size = Math.abs(TABLE.contribution(row, 1));
      sum += size;
      squares += size * size;
    }
    double mean = sum / ROWS;
    double error = Math.sqrt((squares / ROWS - mean * mean) / (ROWS - 1));
    var estimate = chart.categories().get(1).estimates().get(0);
    assertThat(estimate.value()).isCloseTo(mean, within(1e-9));
    assertThat(estimate.high() - estimate.value()).isCloseTo(error, within(1e-9));
  }

  @Test
  void theSummaryHasAPointForEachRowThatIsDrawn() {
    StripChart chart = AttributionCharts.summary(TABLE);

    assertThat(chart.strips().stream().map(strip -> strip.label()))
        .containsExactly("x", "y", "kind", "group (low: first)");
    assertThat(chart.strips().get(0).values().length()).isEqualTo(1000);
    assertThat(AttributionCharts.points(TABLE))
        .isEqualTo("a point for each of 1,000 rows drawn at random");
    assertThat(AttributionCharts.points(TABLE.sample(10, 0))).isEqualTo("a point for each row");
    Document svg = Xml.parse(chart.svg());
    Xml.assertInside(svg);
    long points =
        Xml.all(svg, "path").stream()
            .mapToLong(path -> path.getAttribute("d").chars().filter(c -> c == 'M').count())
            .sum();
    assertThat(points).isEqualTo(4 * 1000);
    assertThat(Xml.labels(svg)).contains("low value", "high value", "missing, or without an order");
    // y adds the less the larger it is.
    assertThat(Xml.all(svg, "desc").get(0).getTextContent())
        .contains("y from ", ", with the colour falling");
  }

  @Test
  void pointsAreWhereTheirValuesAre() {
    StripChart chart = AttributionCharts.summary(TABLE).first(1);
    Document svg = Xml.parse(chart.svg());
    double widest = 0;
    double leftmost = Double.MAX_VALUE;
    for (Element path : Xml.all(svg, "path")) {
      for (String move : path.getAttribute("d").split("h0", -1)) {
        if (!move.isEmpty()) {
          double at = Double.parseDouble(move.substring(1, move.indexOf(' ')));
          widest = Math.max(widest, at);
          leftmost = Math.min(leftmost, at);
        }
      }
    }
    double[] values = chart.strips().get(0).values().toArray();
    double low = Double.MAX_VALUE;
    double high = -Double.MAX_VALUE;
    for (double value : values) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    // The ticks say where a value is: the points of the largest and the least lie on the same line.
    double zero = Xml.number(Xml.textWith(svg, "0"), "x");
    double two = Xml.number(Xml.textWith(svg, "2"), "x");
    assertThat((widest - zero) / (two - zero) * 2).isCloseTo(high, within(0.02));
    assertThat((leftmost - zero) / (two - zero) * 2).isCloseTo(low, within(0.02));
    assertThat(chart.hidden()).isEqualTo(3);
    assertThat(Xml.labels(svg)).contains("3 more are not shown");
  }

  @Test
  void theColourIsTheColumnThatDecides() {
    ScatterChart ofX = (ScatterChart) AttributionCharts.dependence(TABLE, "x");
    assertThat(ofX.shading().low()).isEqualTo("group = first");
    assertThat(ofX.shading().high()).isEqualTo("group = second");
    assertThat(ofX.x().length()).as("missing cells have no place").isLessThan(1000);
    Xml.assertInside(Xml.parse(ofX.svg()));

    ScatterChart ofY = (ScatterChart) AttributionCharts.dependence(TABLE, "y");
    assertThat(ofY.shading().low()).as("nothing else decides").isEmpty();
    assertThat(Xml.parse(ofY.svg()).getElementsByTagName("desc").item(0).getTextContent())
        .endsWith("falling.");

    StripChart ofKind = (StripChart) AttributionCharts.dependence(TABLE, "kind");
    assertThat(ofKind.strips().stream().map(strip -> strip.label()))
        .containsExactlyInAnyOrder("p", "q", "r", "missing");
    assertThat(((ScatterChart) AttributionCharts.dependence(TABLE, "x", "y")).shading().high())
        .isEqualTo("high y");
  }

  @Test
  void ranksAreSharesOfTheOrder() {
    ImmutableDoubleArray shares = Ranks.shares(5, Double.NaN, 1, 3, 3);
    assertThat(shares.toArray()).containsExactly(1, Double.NaN, 0, 0.5, 0.5);
    assertThat(Ranks.shares(2, 2).toArray()).containsExactly(0.5, 0.5);
  }

  private static Stream<Chart> charts() {
    return Stream.of(
        AttributionCharts.importance(TABLE),
        AttributionCharts.summary(TABLE),
        AttributionCharts.dependence(TABLE, "x"),
        AttributionCharts.dependence(TABLE, "kind"),
        AttributionCharts.waterfall(TABLE, 3, "row 4"));
  }

  @ParameterizedTest
  @MethodSource("charts")
  void chartsArePicturesOfPixelsToo(Chart chart) throws IOException {
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(chart.png(2)));

    // 720 units and a margin of 12 on both sides.
    assertThat(image.getWidth()).isEqualTo(2 * (720 + 24));
    Set<Integer> colours = new HashSet<>();
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        colours.add(image.getRGB(x, y));
      }
    }
    assertThat(image.getRGB(0, 0)).isEqualTo(0xFFFFFFFF);
    assertThat(colours.size()).as("ink, lines and points").isGreaterThan(20);
    assertThatThrownBy(() -> chart.png(0))
        .hasMessage("the scale must be above 0 and at most 8.0, found 0.0");
  }

  @Test
  void levelsWithoutAnOrderHaveColoursOfTheirOwn() {
    DataRandom random = new DataRandom(12);
    double[] x = new double[ROWS];
    int[] kind = new int[ROWS];
    float[] contributions = new float[2 * ROWS];
    for (int row = 0; row < ROWS; row++) {
      x[row] = random.nextGaussian();
      kind[row] = random.nextInt(7);
      // The middle of three levels is where the others are not, which no order could show.
      contributions[2 * row] = kind[row] == 1 ? 3 : 0;
    }
    AttributedRows rows =
        new AttributedRows(
            "o",
            ImmutableList.of(
                NumericColumn.of("x", x),
                CategoricalColumn.of("kind", List.of("p", "q", "r", "s", "t", "u", "v"), kind)),
            FloatArray.of(contributions, ROWS, 2),
            FloatArray.zeros(ROWS),
            Optional.empty());

    ScatterChart chart = (ScatterChart) AttributionCharts.dependence(rows, "x");

    assertThat(chart.shading().levels()).hasSize(4).allMatch(level -> level.startsWith("kind = "));
    assertThat(chart.shading().none()).isEqualTo("another kind");
    assertThat(chart.shares().stream().distinct()).hasSize(5).contains(0.0, 3.0, Double.NaN);
    assertThat(Xml.labels(Xml.parse(chart.svg()))).contains("another kind");
  }

  @Test
  void refusesWhatItCannotShow() {
    assertThatThrownBy(() -> AttributionCharts.dependence(TABLE, "z"))
        .hasMessage("there is no column \"z\"; the columns are [x, y, group, kind]");
    AttributedRows incomplete =
        new AttributedRows(
            "o", TABLE.columns(), TABLE.contributions(), TABLE.ends(), Optional.empty());
    assertThatThrownBy(() -> AttributionCharts.waterfall(incomplete, 0, "t"))
        .hasMessageContaining("do not add up to an output");
    assertThatThrownBy(
            () ->
                new AttributedRows(
                    "o", TABLE.columns(), FloatArray.zeros(2, 4), TABLE.ends(), Optional.empty()))
        .hasMessage("contributions must be of shape [1500, 4], found [2, 4]");
  }
}
