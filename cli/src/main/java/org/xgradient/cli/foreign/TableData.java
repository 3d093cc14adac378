package org.xgradient.cli.foreign;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.primitives.ImmutableIntArray;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.xgradient.data.DataException;
import org.xgradient.data.NearestName;
import org.xgradient.data.table.CategoricalColumn;
import org.xgradient.data.table.ColumnReading;
import org.xgradient.data.table.ColumnType;
import org.xgradient.data.table.NumericColumn;
import org.xgradient.data.table.Table;
import org.xgradient.data.table.TableSchema;
import org.xgradient.data.table.reading.TableChunks;
import org.xgradient.graph.ModelInput;
import org.xgradient.graph.ModelInput.Kind;
import org.xgradient.graph.ModelInput.Role;
import org.xgradient.graph.savedmodel.InputValues;
import org.xgradient.graph.savedmodel.LoadedModel;

/** Examples from the rows of a table: a column for each element of each input. */
final class TableData extends ForeignData {

  private final ImmutableList<ModelInput> inputs;
  private final TableChunks chunks;
  private long done;

  private TableData(
      ImmutableListMultimap<String, String> columns,
      ImmutableList<ModelInput> inputs,
      TableChunks chunks) {
    super(columns);
    this.inputs = inputs;
    this.chunks = chunks;
  }

  static TableData open(
      LoadedModel model, Path file, TableReading reading, List<String> kept, int rowsPerChunk) {
    ImmutableList<ModelInput> used =
        model.inputs().stream()
            .filter(input -> input.role() != Role.UNUSED)
            .collect(ImmutableList.toImmutableList());
    ImmutableListMultimap<String, String> columns = columns(used, file, reading, kept);
    Map<String, ColumnReading> readings = new LinkedHashMap<>();
    for (ModelInput input : used) {
      // No text is missing to a model of texts, the empty one included.
      ColumnReading as =
          input.kind() == Kind.TEXTS
              ? new ColumnReading.Levels(false, ImmutableSet.of())
              : ColumnReading.plain(ColumnType.NUMERIC);
      columns.get(input.name()).forEach(column -> readings.put(column, as));
    }
    TableSchema schema =
        new TableSchema(ImmutableMap.copyOf(readings)).withDecimal(reading.decimal());
    return new TableData(
        columns, used, reading.reader().withKept(kept).open(file, schema, rowsPerChunk));
  }

  private static ImmutableListMultimap<String, String> columns(
      ImmutableList<ModelInput> used, Path file, TableReading reading, List<String> kept) {
    int wanted = used.stream().mapToInt(TableData::size).sum();
    ImmutableList<String> given = reading.columns();
    if (!given.isEmpty()) {
      if (given.size() != wanted) {
        throw new IllegalArgumentException(
            "--columns must name %s columns for the inputs %s, found %s"
                .formatted(wanted, described(used), given.size()));
      }
      return inOrder(used, given);
    }
    ImmutableList<String> header = reading.reader().header(file);
    Optional<ImmutableListMultimap<String, String>> named = byName(used, header);
    if (named.isPresent()) {
      return named.get();
    }
    if (used.size() == 1 && header.size() == wanted) {
      return inOrder(used, header);
    }
    List<String> others = header.stream().filter(name -> !kept.contains(name)).toList();
    if (used.size() == 1 && others.size() == wanted) {
      return inOrder(used, others);
    }
    throw new IllegalArgumentException(
        used.size() == 1
            ? "the model takes %s, found %s columns in %s; name the %s in their order with --columns"
                .formatted(described(used), header.size(), file, wanted)
            : "the model takes %s, and %s has no column \"%s\"; %srename the columns, or name %s in"
                    .formatted(
                        described(used),
                        file,
                        missing(used, header),
                        NearestName.closeTo(missing(used, header), header)
                            .map("did you mean \"%s\"? "::formatted)
                            .orElse(""),
                        wanted)
                + " the order of the inputs with --columns");
  }

  /** Columns called as the inputs, or as their elements. */
  private static Optional<ImmutableListMultimap<String, String>> byName(
      ImmutableList<ModelInput> used, ImmutableList<String> header) {
    ImmutableListMultimap.Builder<String, String> columns = ImmutableListMultimap.builder();
    for (ModelInput input : used) {
      ImmutableList<String> elements = ArrayData.elements(input);
      if (!header.containsAll(elements)) {
        return Optional.empty();
      }
      columns.putAll(input.name(), elements);
    }
    return Optional.of(columns.build());
  }

  private static String missing(ImmutableList<ModelInput> used, ImmutableList<String> header) {
    return used.stream()
        .flatMap(input -> ArrayData.elements(input).stream())
        .filter(name -> !header.contains(name))
        .findFirst()
        .orElse("");
  }

  private static ImmutableListMultimap<String, String> inOrder(
      ImmutableList<ModelInput> used, List<String> names) {
    ImmutableListMultimap.Builder<String, String> columns = ImmutableListMultimap.builder();
    int next = 0;
    for (ModelInput input : used) {
      columns.putAll(input.name(), names.subList(next, next + size(input)));
      next += size(input);
    }
    return columns.build();
  }

  private static int size(ModelInput input) {
    return input.shape().stream().reduce(1, Math::multiplyExact);
  }

  private static String described(ImmutableList<ModelInput> used) {
    List<String> each = new ArrayList<>();
    used.forEach(
        input ->
            each.add(
                size(input) == 1
                    ? input.name()
                    : "%s (%s columns)".formatted(input.name(), size(input))));
    return String.join(", ", each);
  }

  @Override
  boolean hasNext() {
    return chunks.hasNext();
  }

  @Override
  ForeignChunk next() {
    Table table = chunks.next();
    ImmutableMap.Builder<String, InputValues> values = ImmutableMap.builder();
    inputs.forEach(input -> values.put(input.name(), values(input, table)));
    ForeignChunk chunk =
        new ForeignChunk(
            values.buildOrThrow(), done, table.rows(), ImmutableList.copyOf(chunks.keptCells()));
    done += table.rows();
    return chunk;
  }

  private InputValues values(ModelInput input, Table table) {
    ImmutableList<String> names = columns(input.name());
    int[] shape =
        ImmutableIntArray.builder().add(table.rows()).addAll(input.shape()).build().toArray();
    if (input.kind() == Kind.TEXTS) {
      List<String> texts = new ArrayList<>();
      for (int row = 0; row < table.rows(); row++) {
        for (String name : names) {
          String text = ((CategoricalColumn) table.column(name)).level(row);
          texts.add(text == null ? "" : text);
        }
      }
      return InputValues.of(texts, shape);
    }
    double[] numbers = new double[table.rows() * names.size()];
    for (int j = 0; j < names.size(); j++) {
      NumericColumn column = table.numeric(names.get(j));
      for (int row = 0; row < table.rows(); row++) {
        if (column.isMissing(row)) {
          throw new DataException(
              "row %s, column \"%s\": there is no number, and the model takes nothing else; fill it"
                      .formatted(done + row + 1, names.get(j))
                  + " as in training");
        }
        numbers[row * names.size() + j] = column.value(row);
      }
    }
    return InputValues.of(numbers, shape);
  }

  @Override
  public void close() {
    chunks.close();
  }
}
