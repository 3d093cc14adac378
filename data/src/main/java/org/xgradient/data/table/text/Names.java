package org.xgradient.data.table.text;

import com.google.common.base.Splitter;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.xgradient.data.DataException;
import org.xgradient.data.NearestName;

/** How messages speak of names. */
public final class Names {

  private static final int SHOWN = 12;
  private static final Pattern BARE = Pattern.compile("[\\p{L}\\p{N}_.:%+@/-]+");
  private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}_.:%+-]+");
  private static final Pattern NUMBERED = Pattern.compile("V[1-9][0-9]*");
  private static final Splitter COMMAS = Splitter.on(',').trimResults();

  private Names() {}

  /** Names in quotation marks; only the first of them if there are many. */
  public static String list(Collection<String> names) {
    String shown =
        names.stream()
            .limit(SHOWN)
            .map(name -> "\"" + name + "\"")
            .collect(Collectors.joining(", "));
    return names.size() > SHOWN ? shown + " and " + (names.size() - SHOWN) + " more" : shown;
  }

  /** The error for a column that is not there. */
  public static DataException unknownColumn(String column, Collection<String> known) {
    return new DataException(
        "there is no column \"%s\"; %s%s%s"
            .formatted(
                column,
                headerless(column),
                NearestName.closeTo(column, known)
                    .map("did you mean \"%s\"? "::formatted)
                    .orElse(""),
                columns(known)));
  }

  /** What columns are called that have no names in their file. */
  private static String headerless(String column) {
    return NUMBERED.matcher(column).matches()
        ? "if the file has no header, read it with --no-header; "
        : "";
  }

  /** What columns there are; a header that was not taken apart is one. */
  private static String columns(Collection<String> known) {
    return known.size() == 1
        ? "only one column was found, %s; if it should be several, say what stands between cells (--delimiter SIGN)"
            .formatted(list(known))
        : "the columns are " + list(known);
  }

  /** The error for columns that are not there. */
  public static DataException unknownColumns(Collection<String> columns, Collection<String> known) {
    if (columns.size() == 1) {
      return unknownColumn(columns.iterator().next(), known);
    }
    return new DataException(
        "there are no columns %s; %s%s"
            .formatted(list(columns), headerless(columns.iterator().next()), columns(known)));
  }

  /** The error for columns of a list with commas that are not there. */
  public static DataException unknownListed(Collection<String> columns, Collection<String> known) {
    DataException unknown = unknownColumns(columns, known);
    return known.stream()
        .filter(name -> COMMAS.splitToStream(name).skip(1).findAny().isPresent())
        .filter(name -> COMMAS.splitToStream(name).anyMatch(columns::contains))
        .findFirst()
        .map(
            name ->
                new DataException(
                    "%s; in a list, a name with a comma needs quotation marks: '\"%s\"'"
                        .formatted(unknown.getMessage(), name)))
        .orElse(unknown);
  }

  /** A name as a shell takes it behind an option that lists names. */
  public static String option(String name) {
    if (PLAIN.matcher(name).matches()) {
      return name;
    }
    boolean listed = name.contains(",") || name.contains("\"");
    return argument(listed ? '"' + name.replace("\"", "\"\"") + '"' : name);
  }

  /** A word as a shell takes it. */
  public static String argument(String word) {
    return BARE.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  /** The first name that occurs for the second time. */
  public static Optional<String> firstDuplicate(Collection<String> names) {
    Set<String> seen = new HashSet<>();
    return names.stream().filter(name -> !seen.add(name)).findFirst();
  }
}
