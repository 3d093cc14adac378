package org.xgradient.graph.rows.rules;

import com.google.common.collect.ImmutableMap;

/** What makes numbers of texts, of keys and of records, before a network begins. */
final class ReadingRules {

  static final ImmutableMap<String, RowRule> ALL = all();

  private ReadingRules() {}

  private static ImmutableMap<String, RowRule> all() {
    ImmutableMap.Builder<String, RowRule> rules = ImmutableMap.builder();
    for (String ofEachElement :
        new String[] {
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
          "Bucketize"
        }) {
      rules.put(ofEachElement, operation -> RowVerdict.of(operation.rows(0)));
    }
    return rules
        .put("LookupTableFindV2", ReadingRules::lookup)
        .put("ParseExample", ReadingRules::parse)
        .put("ParseExampleV2", ReadingRules::parse)
        .buildOrThrow();
  }

  /** Table, keys and what is given for a key that is not there. */
  private static RowVerdict lookup(RowOperation operation) {
    return operation.othersHaveRows(1)
        ? RowVerdict.lost("has a default for each row")
        : RowVerdict.of(operation.rows(1));
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
