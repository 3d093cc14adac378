package org.xgradient.graph.rows.rules;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;

/** What makes numbers of texts, of keys and of records, before a network begins. */
final class ReadingRules {

  /** Those that look at each element of their first operand by itself. */
  private static final ImmutableSet<String> OF_EACH_ELEMENT =
      ImmutableSet.of(
          "StringToNumber",
          "StringToHashBucket",
          "StringToHashBucketFast",
          "StringToHashBucketStrong",
          "StringLower",
          "StringUpper",
          "StringStrip",
          "StringLength",
          "AsString",
          "StaticRegexReplace",
          "StaticRegexFullMatch",
          "Bucketize");

  static final ImmutableMap<String, RowRule> ALL = all();

  private ReadingRules() {}

  private static ImmutableMap<String, RowRule> all() {
    ImmutableMap.Builder<String, RowRule> rules = ImmutableMap.builder();
    for (String type : OF_EACH_ELEMENT) {
      rules.put(type, operation -> othersInPlaceOf(operation.rows(0)));
    }
    return rules
        .put("LookupTableFindV2", ReadingRules::lookup)
        .put("ParseExample", ReadingRules::parse)
        .put("ParseExampleV2", ReadingRules::parse)
        .buildOrThrow();
  }

  /** Sizes are no sizes any more. */
  private static RowVerdict othersInPlaceOf(Rows elements) {
    return RowVerdict.of(elements instanceof Rows.Sizes ? new Rows.Same() : elements);
  }

  /** Table, keys and what is given for a key that is not there. */
  private static RowVerdict lookup(RowOperation operation) {
    return operation.othersHaveRows(1)
        ? RowVerdict.lost("has a default for each row")
        : othersInPlaceOf(operation.rows(1));
  }

  /** A record for each row; features of which it may have any number are not followed. */
  private static RowVerdict parse(RowOperation operation) {
    boolean ofOneSize =
        operation.operation().numOutputs()
            == operation.attributes().getAttrTypeList("Tdense").length;
    if (!ofOneSize
        || operation.othersHaveRows(0)
        || !(operation.rows(0) instanceof Rows.Along along && along.axis() == 0)) {
      return RowVerdict.lost("reads features of which a record may have any number");
    }
    return RowVerdict.of(along);
  }
}
