package org.xgradient.experiments.mortality;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.xgradient.data.DataRandom;
import org.xgradient.data.Seeds;
import org.xgradient.data.table.NumericColumn;
import org.xgradient.data.table.Table;

/**
 * Generates a cohort like that of NHANES I: age, sex, 33 laboratory values that share six factors
 * and the age, and 83 flags most of which are rarely set. Few of the 118 features bear on the risk,
 * so that a network trained on few rows learns from chance what a sparse one does not.
 *
 * <p>The same seed gives the same cohort on every JDK. Each column draws from a seed of its own.
 */
public final class SyntheticMortality {

  /** The horizon in years at which about three quarters are alive. */
  public static final double HORIZON = 10;

  /** The features that the risk depends on. */
  public static final ImmutableList<String> TRUE_FEATURES =
      ImmutableList.of(
          "age",
          "is_male",
          "systolic",
          "bmi",
          "albumin",
          "flag_00",
          "flag_01",
          "flag_02",
          "flag_03");

  private static final int FLAGS = 83;
  private static final int TRUE_FLAGS = 4;
  private static final double[] FLAG_EFFECTS = {1.2, 1.0, 0.8, 0.8};
  private static final double GOLDEN_FRACTION = 0.6180339887498949;

  private static final SyntheticMortality DEFAULTS = new SyntheticMortality(13_442, 0);

  private final int rows;
  private final long seed;

  private SyntheticMortality(int rows, long seed) {
    this.rows = rows;
    this.seed = seed;
  }

  /** {@return 13,442 persons, as in NHANES I, by seed 0} */
  public static SyntheticMortality withDefaults() {
    return DEFAULTS;
  }

  /**
   * Sets the number of persons.
   *
   * @param rows the number, at least 1
   * @return a copy with this number
   * @throws IllegalArgumentException if it is less than 1
   */
  public SyntheticMortality withRows(int rows) {
    checkArgument(rows >= 1, "the number of rows must be at least 1, found %s", rows);
    return new SyntheticMortality(rows, seed);
  }

  /**
   * Sets the seed.
   *
   * @param seed the seed of everything drawn
   * @return a copy with this seed
   */
  public SyntheticMortality withSeed(long seed) {
    return new SyntheticMortality(rows, seed);
  }

  /**
   * A generated cohort and what only its generator knows.
   *
   * @param cohort the persons
   * @param risk the logarithm of each person's hazard, without the part that all share
   */
  public record Generated(Cohort cohort, ImmutableDoubleArray risk) {}

  /** {@return the cohort} */
  public Generated generate() {
    Map<String, double[]> columns = new LinkedHashMap<>();
    columns.put("age", ages());
    columns.put("is_male", bernoulli("is_male", 0.4));
    addLaboratories(columns);
    for (int k = 0; k < FLAGS; k++) {
      columns.put(flag(k), bernoulli(flag(k), flagProbability(k)));
    }
    double[] risk = risk(columns);
    double[] years = Survival.years(risk, random("death"), random("censoring"));
    remove(columns, "white_cells", 0.10);
    remove(columns, "sed_rate", 0.08);
    remove(columns, "systolic", 0.01);
    Table table =
        Table.of(
            columns.entrySet().stream()
                .map(column -> NumericColumn.of(column.getKey(), column.getValue()))
                .toList());
    Cohort cohort = new Cohort(table, new FollowUp(ImmutableDoubleArray.copyOf(years)));
    return new Generated(cohort, ImmutableDoubleArray.copyOf(risk));
  }

  private double[] ages() {
    DataRandom random = random("age");
    double[] ages = new double[rows];
    for (int i = 0; i < rows; i++) {
      ages[i] = Math.floor(25 + 50 * random.nextDouble());
    }
    return ages;
  }

  private static double standardAge(double age) {
    return (age - 50) / 14.43;
  }

  private double[] bernoulli(String column, double probability) {
    DataRandom random = random(column);
    double[] values = new double[rows];
    for (int i = 0; i < rows; i++) {
      values[i] = random.nextDouble() < probability ? 1 : 0;
    }
    return values;
  }

  private double[] normal(String purpose) {
    DataRandom random = random(purpose);
    double[] values = new double[rows];
    for (int i = 0; i < rows; i++) {
      values[i] = random.nextGaussian();
    }
    return values;
  }

  private void addLaboratories(Map<String, double[]> columns) {
    double[] ages = columns.getOrDefault("age", new double[rows]);
    double[][] factors = new double[Laboratory.FACTORS][];
    for (int g = 0; g < factors.length; g++) {
      factors[g] = normal("factor " + g);
    }
    for (Laboratory laboratory : Laboratory.ALL) {
      double[] values = normal(laboratory.name());
      double[] factor = factors[laboratory.factor()];
      for (int i = 0; i < rows; i++) {
        values[i] =
            laboratory.loading() * factor[i]
                + laboratory.ageEffect() * standardAge(ages[i])
                + laboratory.noise() * values[i];
      }
      columns.put(laboratory.name(), values);
    }
  }

  private static String flag(int k) {
    return "flag_" + (k < 10 ? "0" : "") + k;
  }

  /** Spreads the probabilities evenly in their logarithm, from 0.2 % to 8 %. */
  private static double flagProbability(int k) {
    double spread = GOLDEN_FRACTION * k;
    return k < TRUE_FLAGS ? 0.04 : 0.002 * StrictMath.pow(40, spread - Math.floor(spread));
  }

  private double[] risk(Map<String, double[]> columns) {
    double[] risk = new double[rows];
    for (int i = 0; i < rows; i++) {
      double bmi = value(columns, "bmi", i);
      risk[i] =
          2.2 * standardAge(value(columns, "age", i))
              + 0.7 * value(columns, "is_male", i)
              + 0.6 * Math.max(value(columns, "systolic", i), 0)
              + 0.15 * (bmi * bmi - 1)
              + 0.6 * Math.max(-value(columns, "albumin", i), 0);
      for (int k = 0; k < TRUE_FLAGS; k++) {
        risk[i] += FLAG_EFFECTS[k] * value(columns, flag(k), i);
      }
    }
    return risk;
  }

  private static double value(Map<String, double[]> columns, String name, int row) {
    return Objects.requireNonNull(columns.get(name), name)[row];
  }

  private void remove(Map<String, double[]> columns, String column, double probability) {
    double[] missing = bernoulli(column + " is missing", probability);
    columns.computeIfPresent(
        column,
        (name, values) -> {
          for (int i = 0; i < rows; i++) {
            values[i] = missing[i] == 1 ? Double.NaN : values[i];
          }
          return values;
        });
  }

  private DataRandom random(String purpose) {
    return new DataRandom(Seeds.derive(seed, "SyntheticMortality " + purpose));
  }
}
