package org.xgradient.spark.model;

import java.util.Collections;
import java.util.Iterator;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.util.TaskCompletionListener;

/**
 * Explains the rows of a partition, batch by batch.
 *
 * @param spec the model and the method
 * @param archive the files of the model
 * @param input where the features come from
 * @param classes where each row says which output is explained
 * @param key what tells rows apart
 * @param invalid what is done with rows that can't be used
 * @param output what is added to each row
 */
public record ExplainPartition(
    ModelSpec spec,
    Broadcast<ModelArchive> archive,
    InputColumns input,
    ClassColumn classes,
    RowKey key,
    InvalidRows invalid,
    OutputCells output)
    implements MapPartitionsFunction<Row, Row> {

  private static final long serialVersionUID = 1;

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    if (!rows.hasNext()) {
      return Collections.emptyIterator();
    }
    Leases.Lease<ExecutorModel> model = ExecutorModel.lease(spec, archive::value);
    TaskContext task = TaskContext.get();
    // Also of a task that failed, or was cancelled.
    task.addTaskCompletionListener((TaskCompletionListener) context -> model.close());
    return new BatchIterator(this, model.get(), rows, task.partitionId());
  }
}
