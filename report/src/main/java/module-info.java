/** Charts, text tables, pages and progress; knows only data. */
@org.jspecify.annotations.NullMarked
module org.xgradient.report {
  requires transitive org.xgradient.data;
  requires transitive com.google.common;
  requires com.fasterxml.jackson.core;
  requires com.fasterxml.jackson.databind;
  requires java.desktop;
  requires me.tongfei.progressbar;
  requires org.apache.commons.csv;
  requires org.jline.terminal;
  requires static transitive org.jspecify;

  exports org.xgradient.report;
  exports org.xgradient.report.chart;
  exports org.xgradient.report.progress;
  exports org.xgradient.report.table;
  exports org.xgradient.report.text;
}
