package org.xgradient.training.swap;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.primitives.ImmutableIntArray;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.xgradient.data.FloatArray;

/**
 * How well some features can be predicted from others: those that carry what a model must not use.
 * Independence of a feature, all else equal, leaves these.
 *
 * <p>By ridge regression with an intercept; what it explains is a lower bound of what could be
 * known, for it sees straight lines only.
 */
public final class Proxies {

  /** The penalty of the squared coefficients, in units of the number of rows. */
  private static final double RIDGE = 1e-3;

  private Proxies() {}

  /**
   * How much of the variance of some features the others explain.
   *
   * @param rows the rows, of shape {@code [rows, features]}, at least two
   * @param targets the features to explain, at least one
   * @param sources the features to explain them by, at least one
   * @return the explained share of their summed variance on the rows that the regression was not
   *     fitted to, each half in turn; in {@code [0, 1]}, 0 where they do not vary
   * @throws IllegalArgumentException if there are too few rows or no features
   */
  public static double explained(
      FloatArray rows, ImmutableIntArray targets, ImmutableIntArray sources) {
    checkArgument(
        rows.rows() >= 2 && !targets.isEmpty() && !sources.isEmpty(),
        "there must be two rows, a feature to explain and one to explain it by, found %s, %s, %s",
        Integer.valueOf(rows.rows()),
        targets,
        sources);
    int[] even = IntStream.range(0, rows.rows()).filter(row -> row % 2 == 0).toArray();
    int[] odd = IntStream.range(0, rows.rows()).filter(row -> row % 2 == 1).toArray();
    double[] one = errors(rows, targets, sources, even, odd);
    double[] other = errors(rows, targets, sources, odd, even);
    double total = one[1] + other[1];
    return total == 0 ? 0 : Math.max(0, 1 - (one[0] + other[0]) / total);
  }

  /**
   * The summed squared errors of the regression and of the mean, fitted on some rows, on others.
   */
  private static double[] errors(
      FloatArray rows,
      ImmutableIntArray targets,
      ImmutableIntArray sources,
      int[] fitted,
      int[] judged) {
    RealMatrix x = matrix(rows, sources, fitted, true);
    RealMatrix y = matrix(rows, targets, fitted, false);
    RealMatrix xt = x.transpose();
    RealMatrix ridge =
        MatrixUtils.createRealIdentityMatrix(x.getColumnDimension())
            .scalarMultiply(RIDGE * fitted.length);
    RealMatrix coefficients =
        new CholeskyDecomposition(xt.multiply(x).add(ridge)).getSolver().solve(xt.multiply(y));
    RealMatrix truth = matrix(rows, targets, judged, false);
    RealMatrix errors = truth.subtract(matrix(rows, sources, judged, true).multiply(coefficients));
    double ofMean = 0;
    for (int column = 0; column < targets.length(); column++) {
      double mean = mean(y.getColumn(column));
      for (double value : truth.getColumn(column)) {
        ofMean += (value - mean) * (value - mean);
      }
    }
    double norm = errors.getFrobeniusNorm();
    return new double[] {norm * norm, ofMean};
  }

  private static double mean(double... values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static RealMatrix matrix(
      FloatArray rows, ImmutableIntArray features, int[] chosen, boolean intercept) {
    double[][] values = new double[chosen.length][features.length() + (intercept ? 1 : 0)];
    for (int i = 0; i < chosen.length; i++) {
      for (int j = 0; j < features.length(); j++) {
        values[i][j] = rows.values()[chosen[i] * rows.rowSize() + features.get(j)];
      }
      if (intercept) {
        values[i][features.length()] = 1;
      }
    }
    return new Array2DRowRealMatrix(values, false);
  }
}
