package org.xgradient.cli.foreign;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.xgradient.data.format.TfRecords;
import org.xgradient.graph.ModelInput;
import org.xgradient.graph.savedmodel.InputValues;
import org.xgradient.graph.savedmodel.LoadedModel;

/** Serialized examples from a file of records, for a model that parses them. */
final class RecordData extends ForeignData {

  private final ModelInput input;
  private final TfRecords records;
  private final int rowsPerChunk;
  private long done;

  private RecordData(
      ImmutableList<ValueGroup> groups, ModelInput input, TfRecords records, int rowsPerChunk) {
    super(groups);
    this.input = input;
    this.records = records;
    this.rowsPerChunk = rowsPerChunk;
  }

  static RecordData open(LoadedModel model, Path file, int rowsPerChunk) {
    ImmutableList<ModelInput> used = ValueGroup.used(model);
    if (used.size() != 1 || model.features(used.get(0).name()).isEmpty()) {
      throw new IllegalArgumentException(
          "records are for models that parse tf.Examples, their only input; this one takes %s: give a"
                  .formatted(used.stream().map(ModelInput::name).toList())
              + " table or arrays");
    }
    return new RecordData(ValueGroup.of(model), used.get(0), TfRecords.open(file), rowsPerChunk);
  }

  @Override
  boolean hasNext() {
    return records.hasNext();
  }

  @Override
  ForeignChunk next() {
    List<byte[]> examples = new ArrayList<>();
    while (examples.size() < rowsPerChunk && records.hasNext()) {
      examples.add(records.next());
    }
    int[] shape = new int[1 + input.shape().length()];
    Arrays.fill(shape, 1);
    shape[0] = examples.size();
    ForeignChunk chunk =
        new ForeignChunk(
            ImmutableMap.of(input.name(), InputValues.ofBytes(examples, shape)),
            done,
            examples.size(),
            ImmutableList.of());
    done += examples.size();
    return chunk;
  }

  @Override
  public void close() {
    records.close();
  }
}
