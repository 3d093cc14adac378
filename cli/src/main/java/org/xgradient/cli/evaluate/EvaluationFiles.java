package org.xgradient.cli.evaluate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.xgradient.data.AtomicFiles;
import org.xgradient.metrics.ConfidenceInterval;
import org.xgradient.report.CsvFile;
import org.xgradient.report.JsonFile;

/** Writes an evaluation: a page to read, and the numbers for other programs. */
public final class EvaluationFiles {

  /** The page. */
  public static final String REPORT = "report.html";

  private static final String RESULTS = "evaluation.json";
  private static final String SCORES = "scores.csv";
  private static final String CURVES = "curves.csv";

  private EvaluationFiles() {}

  /**
   * Checks that an evaluation can be written to a directory; to be called before it is made.
   *
   * @param directory the directory
   * @throws IOException if it holds something else than an earlier evaluation, or can't be created
   */
  public static void checkWritable(Path directory) throws IOException {
    AtomicFiles.checkDirectory(directory, RESULTS);
  }

  /**
   * Writes a directory, whole or not at all; an earlier evaluation is replaced, anything else is
   * not.
   *
   * @param directory the directory
   * @param evaluation what was found
   * @param page whether there is a page, too
   * @throws IOException if the files can't be written, or the directory holds something else
   */
  public static void write(Path directory, Evaluation evaluation, boolean page) throws IOException {
    AtomicFiles.writeDirectory(
        directory,
        RESULTS,
        inside -> {
          JsonFile.write(inside.resolve(RESULTS), tree(evaluation));
          writeScores(inside.resolve(SCORES), evaluation);
          writeCurves(inside.resolve(CURVES), evaluation);
          if (page) {
            EvaluationReport.of(evaluation).write(inside.resolve(REPORT));
          }
        });
  }

  private static void writeScores(Path file, Evaluation evaluation) throws IOException {
    CsvFile.write(
        file,
        List.of("method", "metric", "better", "rows", "value", "lower", "upper"),
        out -> {
          for (MethodScore score : evaluation.scores()) {
            out.row(
                List.of(
                    score.method(),
                    score.metric().title(),
                    score.metric().better(),
                    evaluation.rows(),
                    score.value(),
                    score.lower(),
                    score.upper()));
          }
        });
  }

  private static void writeCurves(Path file, Evaluation evaluation) throws IOException {
    CsvFile.write(
        file,
        List.of("method", "metric", "fraction", "value", "lower", "upper"),
        out -> {
          for (BandedCurve curve : evaluation.curves()) {
            for (int i = 0; i < curve.band().size(); i++) {
              ConfidenceInterval interval = curve.band().get(i);
              out.row(
                  List.of(
                      curve.curve().method(),
                      curve.metric().title(),
                      curve.curve().fractions().get(i),
                      curve.curve().scores().get(i),
                      interval.lower(),
                      interval.upper()));
            }
          }
        });
  }

  private static Map<String, Object> tree(Evaluation evaluation) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("provenance", evaluation.provenance().facts());
    tree.put("rows", evaluation.rows());
    tree.put("confidence", Evaluation.CONFIDENCE);
    tree.put("model", evaluation.modelScores());
    tree.put("scores", evaluation.scores().stream().map(EvaluationFiles::tree).toList());
    tree.put("curves", evaluation.curves().stream().map(EvaluationFiles::tree).toList());
    tree.put("randomizations", evaluation.randomizations());
    return tree;
  }

  private static Map<String, Object> tree(MethodScore score) {
    Map<String, Object> tree = names(score.method(), score.metric());
    tree.put("value", score.value());
    tree.put("lower", score.lower());
    tree.put("upper", score.upper());
    return tree;
  }

  private static Map<String, Object> tree(BandedCurve curve) {
    Map<String, Object> tree = names(curve.curve().method(), curve.metric());
    tree.put("fractions", curve.curve().fractions().toArray());
    tree.put("values", curve.curve().scores().toArray());
    tree.put("lower", curve.lower());
    tree.put("upper", curve.upper());
    return tree;
  }

  private static Map<String, Object> names(String method, EvaluationMetric metric) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("method", method);
    tree.put("metric", metric.title());
    tree.put("better", metric.better());
    return tree;
  }
}
