package org.xgradient.spark;

import com.google.common.primitives.ImmutableDoubleArray;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.xgradient.data.DataException;
import org.xgradient.spark.model.ExecutorModel;
import org.xgradient.spark.model.InputColumns;
import org.xgradient.spark.model.Leases;
import org.xgradient.spark.model.RowKey;

/**
 * The references of Expected Gradients, drawn once, so that they are the same for all rows.
 *
 * @param values the features of the references, one after the other
 * @param alphas the place on the path from each
 */
record References(ImmutableDoubleArray values, ImmutableDoubleArray alphas) {

  private static final int MOST_CANDIDATES = 10_000;

  /**
   * Draws with replacement.
   *
   * @param stage says how rows are read
   * @param rows where they come from
   * @param draws how many
   * @param seed what they are drawn from
   * @throws DataException if the model is of texts or images, there is no row or no draw, a column
   *     is missing or of another type, or a row can't be used
   */
  static References draw(AttributionTransformer stage, Dataset<Row> rows, int draws, long seed) {
    if (draws < 1) {
      throw new DataException("there must be at least 1 reference, found " + draws);
    }
    new MethodPlan(stage).requireSampling();
    List<Row> candidates = candidates(stage, rows, draws);
    if (candidates.isEmpty()) {
      throw new DataException("there must be at least one reference, found an empty DataFrame");
    }
    // Of the columns that were kept.
    StructType schema = candidates.get(0).schema();
    InputColumns input = input(stage, schema);
    RowKey key = key(stage, schema);
    var random = new SplittableRandom(seed);
    ImmutableDoubleArray.Builder values = ImmutableDoubleArray.builder();
    ImmutableDoubleArray.Builder alphas = ImmutableDoubleArray.builder(draws);
    try (Leases.Lease<ExecutorModel> model =
        ExecutorModel.lease(ModelSpecs.toRead(stage), stage::archive)) {
      input.requireInputsOf(model.get());
      for (int i = 0; i < draws; i++) {
        Row row = candidates.get(random.nextInt(candidates.size()));
        for (float feature : input.read(model.get(), row, key)) {
          values.add(feature);
        }
        alphas.add(random.nextDouble());
      }
    }
    return new References(values.build(), alphas.build());
  }

  /** Rows in an order of their own, so that partitions make no difference; what is read of them. */
  private static List<Row> candidates(AttributionTransformer stage, Dataset<Row> rows, int draws) {
    InputColumns input = input(stage, rows.schema());
    RowKey key = key(stage, rows.schema());
    Stream<String> id = key.column().isEmpty() ? Stream.of() : Stream.of(key.column());
    return rows.orderBy(functions.xxhash64(columns(rows, Arrays.stream(rows.columns()))))
        .limit(Math.max(draws, MOST_CANDIDATES))
        .select(columns(rows, Stream.concat(input.names().stream(), id).distinct()))
        .collectAsList();
  }

  private static InputColumns input(AttributionTransformer stage, StructType schema) {
    return new InputPlan(stage, new SchemaColumns(schema)).input();
  }

  private static RowKey key(AttributionTransformer stage, StructType schema) {
    return new SchemaColumns(schema).key(stage.getOrDefault(stage.idCol()));
  }

  private static Column[] columns(Dataset<Row> rows, Stream<String> names) {
    return names.map(name -> rows.col(Quoted.name(name))).toArray(Column[]::new);
  }
}
