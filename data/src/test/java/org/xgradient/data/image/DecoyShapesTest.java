package org.xgradient.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.xgradient.data.FloatArray;

class DecoyShapesTest {

  private static final int SIZE = 600;
  private static final DecoyShapes ALIGNED =
      DecoyShapes.generate(SIZE, DecoyMode.ALIGNED, 20210711);
  private static final DecoyShapes CLEAN = DecoyShapes.generate(SIZE, DecoyMode.CLEAN, 20210711);
  private static final DecoyShapes RANDOM = DecoyShapes.generate(SIZE, DecoyMode.RANDOM, 20210711);

  /** The colours of the specification in the order of the classes. */
  private static final List<List<Float>> COLOURS =
      List.of(
          List.of(1f, .1f, .1f),
          List.of(.1f, 1f, .1f),
          List.of(.15f, .2f, 1f),
          List.of(1f, 1f, .1f),
          List.of(1f, .1f, 1f),
          List.of(.1f, 1f, 1f));

  private static List<Float> pixel(DecoyShapes shapes, int image, int row, int column) {
    float[] values = shapes.set().images().values();
    int at = ((image * 32 + row) * 32 + column) * 3;
    return List.of(values[at], values[at + 1], values[at + 2]);
  }

  @Test
  void hasTheShapesOfADataSet() {
    assertThat(ALIGNED.set().images().shape().asList()).containsExactly(SIZE, 32, 32, 3);
    assertThat(ALIGNED.truth().shape().asList()).containsExactly(SIZE, 32, 32, 1);
    assertThat(ALIGNED.set().outputs()).isEqualTo(6);
    for (float value : ALIGNED.set().images().values()) {
      assertThat(value).isBetween(0f, 1f);
    }
  }

  /** 600 / 6 = 100 images for each class, give or take four standard deviations of 9.1. */
  @Test
  void drawsAllClassesAlike() {
    int[] counts = new int[6];
    for (float label : ALIGNED.set().labels().values()) {
      counts[(int) label]++;
    }
    for (int count : counts) {
      assertThat(count).isBetween(64, 136);
    }
  }

  /** The specification measured 16.1 %; a standard error of 600 images is about 0.3 %. */
  @Test
  void coversAsManyPixelsAsSpecified() {
    double covered = 0;
    for (float value : ALIGNED.truth().values()) {
      assertThat(value).isIn(0f, 1f);
      covered += value;
    }
    assertThat(covered / ALIGNED.truth().size()).isCloseTo(0.161, within(0.012));
  }

  @Test
  void paintsThePatchInTheColourOfTheClass() {
    for (int image = 0; image < SIZE; image++) {
      int label = (int) ALIGNED.set().labels().values()[image];
      for (int row = 1; row <= 4; row++) {
        for (int column = 1; column <= 4; column++) {
          assertThat(pixel(ALIGNED, image, row, column)).isEqualTo(COLOURS.get(label));
        }
      }
    }
  }

  /** A random colour is the class's own in one of six images: 100, give or take 4 x 9.1. */
  @Test
  void paintsThePatchInAnyColourWhenRandom() {
    int own = 0;
    for (int image = 0; image < SIZE; image++) {
      int colour = COLOURS.indexOf(pixel(RANDOM, image, 1, 1));
      assertThat(colour).isNotNegative();
      own += colour == ALIGNED.set().labels().values()[image] ? 1 : 0;
    }
    assertThat(own).isBetween(64, 136);
  }

  @Test
  void changesNothingButThePatchBetweenModes() {
    FloatArray mask = DecoyShapes.decoyMask();
    assertThat(mask.shape().asList()).containsExactly(32, 32, 1);
    float masked = 0;
    for (float value : mask.values()) {
      masked += value;
    }
    assertThat(masked).isEqualTo(16);
    float[] aligned = ALIGNED.set().images().values();
    float[] clean = CLEAN.set().images().values();
    int different = 0;
    for (int i = 0; i < aligned.length; i++) {
      boolean inPatch = mask.values()[i / 3 % (32 * 32)] == 1;
      assertThat(inPatch || aligned[i] == clean[i]).isTrue();
      different += aligned[i] == clean[i] ? 0 : 1;
    }
    assertThat(different).isGreaterThan(SIZE * 16);
    assertThat(CLEAN.set().labels()).isEqualTo(ALIGNED.set().labels());
    assertThat(CLEAN.truth()).isEqualTo(ALIGNED.truth());
  }

  /**
   * Inside a shape the colour is that of the shape, in [.45, .9], and outside the background has at
   * most .45 times a gain of 1.3: means over the images lie far apart.
   */
  @Test
  void drawsBrightShapesOnADarkGround() {
    double inside = 0;
    double outside = 0;
    double covered = 0;
    float[] values = CLEAN.set().images().values();
    for (int i = 0; i < values.length; i++) {
      boolean shape = CLEAN.truth().values()[i / 3] == 1;
      inside += shape ? values[i] : 0;
      outside += shape ? 0 : values[i];
      covered += shape ? 1 : 0;
    }
    // Colours are uniform with mean .675; edges, which are half ground, take a little off.
    assertThat(inside / covered).isBetween(0.6, 0.7);
    // The ground is .18 on average; edges and clipping at black add a little.
    assertThat(outside / (values.length - covered)).isBetween(0.17, 0.22);
  }

  /** A disc holds its centre, a ring does not; the centres are within 4 pixels of the middle. */
  @Test
  void drawsTheShapeOfTheClass() {
    for (int image = 0; image < SIZE; image++) {
      int label = (int) CLEAN.set().labels().values()[image];
      float[] truth = CLEAN.truth().rows(image, image + 1).values();
      double row = 0;
      double column = 0;
      double area = 0;
      for (int pixel = 0; pixel < truth.length; pixel++) {
        int pixelRow = pixel / 32;
        area += truth[pixel];
        row += truth[pixel] * pixelRow;
        column += truth[pixel] * (pixel % 32);
      }
      int centre = (int) Math.rint(row / area) * 32 + (int) Math.rint(column / area);
      assertThat(truth[centre]).as("class %s", label).isEqualTo(label == 4 ? 0f : 1f);
      assertThat(area).as("area of class %s", label).isBetween(leastArea(label), mostArea(label));
    }
  }

  /** Areas in closed form for r = 7 and r = 10, 8 % off for the pixels of the edge. */
  private static double leastArea(int label) {
    return 0.92 * 49 * unitArea(label);
  }

  private static double mostArea(int label) {
    return 1.08 * 100 * unitArea(label);
  }

  private static double unitArea(int label) {
    return switch (label) {
      case 0 -> Math.PI;
      case 1 -> 1.7 * 1.7;
      // An equilateral triangle whose inscribed circle has the radius .6.
      case 2 -> 3 * Math.sqrt(3) * .36;
      case 3 -> 2 * 2 * .6 - .36;
      case 4 -> Math.PI * (1 - .25);
      default -> 2 * .6;
    };
  }

  @Test
  void dependsOnTheSeedAndTheIndexAlone() {
    DecoyShapes fewer = DecoyShapes.generate(3, DecoyMode.ALIGNED, 20210711);
    assertThat(fewer.set().images()).isEqualTo(ALIGNED.set().images().rows(0, 3));
    assertThat(DecoyShapes.generate(3, DecoyMode.ALIGNED, 1)).isNotEqualTo(fewer);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DecoyShapes.generate(0, DecoyMode.CLEAN, 1))
        .withMessage("size must be at least 1, found 0");
  }
}
