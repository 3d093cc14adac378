package org.xgradient.data.table.reading;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.xgradient.data.table.text.Names;

/**
 * What a person decided about columns.
 *
 * @param kinds what some of them are
 * @param left those that are left out
 * @param label the one to predict, if it is known
 */
record ColumnChoices(
    ImmutableMap<String, ColumnGuess.Kind> kinds,
    ImmutableSet<String> left,
    Optional<String> label) {

  static final ColumnChoices NONE =
      new ColumnChoices(ImmutableMap.of(), ImmutableSet.of(), Optional.empty());

  ColumnChoices with(ColumnGuess.Kind kind, Collection<String> names) {
    Map<String, ColumnGuess.Kind> changed = new LinkedHashMap<>(kinds);
    names.forEach(name -> changed.put(name, kind));
    return new ColumnChoices(ImmutableMap.copyOf(changed), left, label);
  }

  /** Decides about columns that nothing was decided about. */
  ColumnChoices withDefault(ColumnGuess.Kind kind, Collection<String> names) {
    return with(kind, names.stream().filter(name -> !kinds.containsKey(name)).toList());
  }

  ColumnChoices without(Collection<String> names) {
    return new ColumnChoices(
        kinds, ImmutableSet.<String>builder().addAll(left).addAll(names).build(), label);
  }

  ColumnChoices withLabel(String name) {
    return new ColumnChoices(kinds, left, Optional.of(name));
  }

  /** Whether a person speaks of it. */
  boolean isNamed(String name) {
    return kinds.containsKey(name) || isLabel(name);
  }

  /** Whether it is the column to predict, which can't be left out. */
  boolean isLabel(String name) {
    return label.isPresent() && label.get().equals(name);
  }

  Optional<ColumnGuess.Kind> kind(String name) {
    return Optional.ofNullable(kinds.get(name));
  }

  /** Checks that there are the columns that it speaks of. */
  void requireKnown(List<String> header) {
    List<String> unknown =
        Stream.concat(kinds.keySet().stream(), left.stream())
            .filter(name -> !header.contains(name))
            .distinct()
            .toList();
    if (!unknown.isEmpty()) {
      throw Names.unknownListed(unknown, header);
    }
  }
}
