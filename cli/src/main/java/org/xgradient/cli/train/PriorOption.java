package org.xgradient.cli.train;

import com.google.common.primitives.ImmutableIntArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.xgradient.data.FloatArray;
import org.xgradient.data.table.ColumnGroups;
import org.xgradient.training.objective.Prior;
import org.xgradient.training.objective.Priors;
import org.xgradient.training.objective.WordPriors;

/** The names of attribution priors on the command line. */
enum PriorOption {
  /** No prior. */
  NONE,
  /** Few features. */
  GINI,
  /** Nothing on some columns. */
  MASK,
  /** Small attributions. */
  L1,
  /** Small attributions. */
  L2,
  /** Few columns, where a column has several features. */
  GROUP,
  /** Attributions of neighbouring pixels that differ little. */
  SMOOTH;

  static final String NAMES =
      "none, gini (few features), mask (nothing on the columns or words of --mask, or the --region of"
          + " images), l1, l2, group (few columns), smooth (neighbouring pixels alike); of these group"
          + " is for tables, smooth for images; for texts gini means few words";

  /**
   * The prior.
   *
   * @param groups which features come from which column
   * @param mask gives what the mask prior keeps the model from
   * @return the prior
   */
  Prior prior(ColumnGroups groups, Supplier<FloatArray> mask) {
    return switch (this) {
      case NONE -> throw new IllegalArgumentException("there is no prior to build");
      case GINI -> Priors.gini();
      case MASK -> Priors.mask(mask.get());
      case L1 -> Priors.l1();
      case L2 -> Priors.l2();
      case GROUP -> Priors.groups(allGroups(groups));
      case SMOOTH ->
          throw new IllegalArgumentException("--prior smooth is for images, found a table");
    };
  }

  /**
   * The prior on attributions of whole images.
   *
   * @throws IllegalArgumentException if it speaks of columns, or of parts
   */
  Prior ofImages() {
    return switch (this) {
      case NONE -> throw new IllegalArgumentException("there is no prior to build");
      case GINI -> Priors.gini();
      case L1 -> Priors.l1();
      case L2 -> Priors.l2();
      case SMOOTH -> Priors.totalVariation();
      case MASK, GROUP ->
          throw new IllegalArgumentException(
              "--prior %s speaks of columns of a table; for images give gini, l1, l2, mask or smooth"
                  .formatted(name().toLowerCase(Locale.ROOT)));
    };
  }

  /**
   * The prior on attributions of texts.
   *
   * @throws IllegalArgumentException if it speaks of columns or pixels
   */
  Prior ofTexts() {
    return switch (this) {
      case NONE -> throw new IllegalArgumentException("there is no prior to build");
      case GINI -> WordPriors.concentration();
      case L1 -> WordPriors.l1();
      case MASK, GROUP, L2, SMOOTH ->
          throw new IllegalArgumentException(
              "--prior %s is not for texts; give gini (few words), l1 or mask"
                  .formatted(name().toLowerCase(Locale.ROOT)));
    };
  }

  /**
   * Checks that masked columns come with the mask prior, and it with them.
   *
   * @throws IllegalArgumentException if they don't
   */
  static void checkMask(PriorOption prior, boolean masked) {
    if (prior == MASK && !masked) {
      throw new IllegalArgumentException(
          "--prior mask needs the columns to keep the model from; give them with --mask A,B");
    }
    if (prior != MASK && masked) {
      throw new IllegalArgumentException(
          "--mask goes with --prior mask, found --prior " + prior.name().toLowerCase(Locale.ROOT));
    }
  }

  /**
   * Checks that parts of images come with the mask prior, and it with them.
   *
   * @throws IllegalArgumentException if they don't
   */
  static void checkRegions(PriorOption prior, List<Region> regions) {
    if (prior == MASK && regions.isEmpty()) {
      throw new IllegalArgumentException(
          "--prior mask needs the part of the images to keep the model from; give it with %s LEFT,TOP,WIDTH,HEIGHT"
              .formatted(ObjectiveOptions.REGION));
    }
    if (prior != MASK && !regions.isEmpty()) {
      throw new IllegalArgumentException(
          "%s goes with --prior mask, found --prior %s"
              .formatted(ObjectiveOptions.REGION, prior.name().toLowerCase(Locale.ROOT)));
    }
  }

  private static List<ImmutableIntArray> allGroups(ColumnGroups groups) {
    List<ImmutableIntArray> all = new ArrayList<>();
    for (int column = 0; column < groups.columns().size(); column++) {
      all.add(groups.featuresOf(column));
    }
    return all;
  }
}
