package org.xgradient.cli.option;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Names that an option lists with commas, in quotation marks if there are commas in them. */
public final class ListedNames {

  private static final CSVFormat FORMAT =
      CSVFormat.DEFAULT.builder().setIgnoreSurroundingSpaces(true).get();

  private ListedNames() {}

  /**
   * {@return the names, in order}
   *
   * @param given what was given each time that the option was
   * @throws IllegalArgumentException if quotation marks do not fit
   */
  public static ImmutableList<String> of(List<String> given) {
    ImmutableList.Builder<String> names = ImmutableList.builder();
    for (String text : given) {
      try (CSVParser parser = CSVParser.parse(new StringReader(text), FORMAT)) {
        for (CSVRecord row : parser) {
          row.forEach(names::add);
        }
      } catch (IOException | UncheckedIOException e) {
        throw new IllegalArgumentException(
            "the quotation marks of %s do not fit; write names with commas as '\"a, b\",c'"
                .formatted(text),
            e);
      }
    }
    return names.build();
  }
}
