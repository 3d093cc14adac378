package org.xgradient.spark;

/** Names of columns in expressions, where a dot would mean a field. */
final class Quoted {

  private Quoted() {}

  static String name(String column) {
    return '`' + column.replace("`", "``") + '`';
  }

  /** A text as a literal of SQL. */
  static String literal(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
