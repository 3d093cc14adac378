package org.xgradient.cli.foreign;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.primitives.ImmutableIntArray;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
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
import org.xgradient.graph.ParsedFeature;
import org.xgradient.graph.savedmodel.InputValues;
import org.xgradient.graph.savedmodel.LoadedModel;
import org.xgradient.graph.savedmodel.RowFailedException;
import org.xgradient.graph.savedmodel.SerializedExamples;

/** Examples from the rows of a table: a column for each value of each input or feature. */
final class TableData extends ForeignData {

  private final LoadedModel model;
  private final TableChunks chunks;
  private long done;

  private TableData(LoadedModel model, ImmutableList<ValueGroup> groups, TableChunks chunks) {
    super(groups);
    this.model = model;
    this.chunks = chunks;
  }

  static TableData open(
      LoadedModel model, Path file, TableReading reading, List<String> kept, int rowsPerChunk) {
    ImmutableList<ValueGroup> groups =
        groups(ValueGroup.of(model), ValueGroup.unused(model), file, reading, kept);
    Map<String, ColumnReading> readings = new LinkedHashMap<>();
    for (ValueGroup group : groups) {
      // No text is missing to a model of texts, the empty one included.
      ColumnReading as =
          group.kind() == Kind.TEXTS
              ? new ColumnReading.Levels(false, ImmutableSet.of())
              : ColumnReading.plain(ColumnType.NUMERIC);
      group.columns().forEach(column -> readings.put(column, as));
    }
    TableSchema schema =
        new TableSchema(ImmutableMap.copyOf(readings)).withDecimal(reading.decimal());
    return new TableData(
        model, groups, reading.reader().withKept(kept).open(file, schema, rowsPerChunk));
  }

  private static ImmutableList<ValueGroup> groups(
      ImmutableList<ValueGroup> all,
      ImmutableList<ValueGroup> unused,
      Path file,
      TableReading reading,
      List<String> kept) {
    int wanted = all.stream().mapToInt(ValueGroup::size).sum();
    ImmutableList<String> given = reading.columns();
    if (!given.isEmpty()) {
      if (given.size() != wanted) {
        throw new IllegalArgumentException(
            "--columns must name %s for %s, found %s"
                .formatted(columns(wanted), described(all), given.size()));
      }
      return inOrder(all, given);
    }
    ImmutableList<String> header = reading.reader().header(file);
    Optional<ImmutableList<ValueGroup>> named = byName(all, header);
    if (named.isPresent()) {
      return named.get();
    }
    checkNotOfOthers(all, unused, header, file);
    if (all.size() == 1 && header.size() == wanted) {
      return inOrder(all, header);
    }
    List<String> others = header.stream().filter(name -> !kept.contains(name)).toList();
    if (all.size() == 1 && others.size() == wanted) {
      return inOrder(all, others);
    }
    if (all.size() == 1 && header.size() < wanted) {
      throw new IllegalArgumentException(
          "the model takes %s, found only %s in %s; give a table with a column for each of its values"
              .formatted(described(all), columns(header.size()), file));
    }
    throw new IllegalArgumentException(
        all.size() == 1
            ? "the model takes %s, found %s in %s; name the %s in their order with --columns"
                .formatted(described(all), columns(header.size()), file, wanted)
            : "the model takes %s, and %s has no column \"%s\"; %srename the columns, or name %s in"
                    .formatted(
                        described(all),
                        file,
                        missing(all, header),
                        NearestName.closeTo(missing(all, header), header)
                            .map("did you mean \"%s\"? "::formatted)
                            .orElse(""),
                        wanted)
                + " this order with --columns");
  }

  /** A column called as an input that the output does not need is no other input's. */
  private static void checkNotOfOthers(
      ImmutableList<ValueGroup> all,
      ImmutableList<ValueGroup> unused,
      ImmutableList<String> header,
      Path file) {
    unused.stream()
        .flatMap(group -> group.columns().stream())
        .filter(header::contains)
        .findFirst()
        .ifPresent(
            other -> {
              throw new IllegalArgumentException(
                  "the model takes %s, and %s has no column \"%s\"; its column \"%s\" is called as"
                          .formatted(described(all), file, missing(all, header), other)
                      + " another input, on which the output does not depend; rename the columns,"
                      + " or name them in order with --columns");
            });
  }

  /** Columns called as the values; what need not be there may be missing. */
  private static Optional<ImmutableList<ValueGroup>> byName(
      ImmutableList<ValueGroup> all, ImmutableList<String> header) {
    ImmutableList<ValueGroup> found =
        all.stream()
            .filter(group -> header.containsAll(group.columns()))
            .collect(ImmutableList.toImmutableList());
    boolean isWhole = all.stream().allMatch(group -> !group.required() || found.contains(group));
    return isWhole && !found.isEmpty() ? Optional.of(found) : Optional.empty();
  }

  private static String missing(ImmutableList<ValueGroup> all, ImmutableList<String> header) {
    return all.stream()
        .sorted(Comparator.comparing(group -> !group.required()))
        .flatMap(group -> group.columns().stream())
        .filter(name -> !header.contains(name))
        .findFirst()
        .orElse("");
  }

  private static ImmutableList<ValueGroup> inOrder(
      ImmutableList<ValueGroup> all, List<String> names) {
    ImmutableList.Builder<ValueGroup> groups = ImmutableList.builder();
    int next = 0;
    for (ValueGroup group : all) {
      groups.add(group.called(names.subList(next, next + group.size())));
      next += group.size();
    }
    return groups.build();
  }

  private static String columns(int count) {
    return count == 1 ? "1 column" : count + " columns";
  }

  private static String described(ImmutableList<ValueGroup> all) {
    List<String> each = new ArrayList<>();
    all.forEach(
        group ->
            each.add(
                group.size() == 1
                    ? group.name()
                    : "%s (%s)".formatted(group.name(), columns(group.size()))));
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
    for (ModelInput input : ValueGroup.used(model)) {
      ImmutableList<ParsedFeature> features = model.features(input.name());
      Map<String, InputValues> ofInput = new LinkedHashMap<>();
      groups(input.name()).forEach(group -> ofInput.put(group.name(), values(group, table)));
      values.put(
          input.name(),
          features.isEmpty() ? ofInput.values().iterator().next() : serialized(features, ofInput));
    }
    ForeignChunk chunk =
        new ForeignChunk(
            values.buildOrThrow(), done, table.rows(), ImmutableList.copyOf(chunks.keptCells()));
    done += table.rows();
    return chunk;
  }

  private InputValues serialized(
      ImmutableList<ParsedFeature> features, Map<String, InputValues> values) {
    try {
      return new SerializedExamples(features).of(values);
    } catch (RowFailedException e) {
      throw e.after(done);
    }
  }

  private InputValues values(ValueGroup group, Table table) {
    ImmutableList<String> names = group.columns();
    int[] shape =
        ImmutableIntArray.builder().add(table.rows()).addAll(group.shape()).build().toArray();
    if (group.kind() == Kind.TEXTS) {
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
        if (column.isMissing(row) && group.required()) {
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
