package org.xgradient.spark;

import java.util.Collection;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/**
 * Which names mean the same column to Spark.
 *
 * @param caseSensitive whether capitals are told from small letters, as Spark does only if it is
 *     configured so
 */
record ColumnNames(boolean caseSensitive) {

  /** The rule of a session. */
  static ColumnNames of(SparkSession session) {
    return new ColumnNames(Boolean.parseBoolean(session.conf().get("spark.sql.caseSensitive")));
  }

  /** The rule of the session in use, where no rows say which. */
  static ColumnNames ofActiveSession() {
    return SparkSession.getActiveSession()
        .orElse(SparkSession::getDefaultSession)
        .map(ColumnNames::of)
        .getOrElse(() -> new ColumnNames(false));
  }

  /** Finds the name that means the same. */
  Optional<String> find(String name, Collection<String> among) {
    return among.stream()
        .filter(other -> caseSensitive ? other.equals(name) : other.equalsIgnoreCase(name))
        .findFirst();
  }
}
