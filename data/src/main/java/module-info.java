/** Tables, images and texts as plain arrays; knows no TensorFlow. */
@org.jspecify.annotations.NullMarked
@SuppressWarnings("module") // The modules that see json come later.
module org.xgradient.data {
  requires transitive com.google.common;
  requires aircompressor;
  requires ch.randelshofer.fastdoubleparser;
  requires commons.math3;
  requires metadata.extractor;
  requires org.apache.commons.compress;
  requires org.apache.commons.csv;
  requires org.apache.commons.io;
  requires com.fasterxml.jackson.databind;
  requires java.desktop;
  requires org.slf4j;
  requires static transitive org.jspecify;

  exports org.xgradient.data;
  exports org.xgradient.data.format;
  exports org.xgradient.data.image;
  exports org.xgradient.data.json to
      org.xgradient.experiments,
      org.xgradient.report,
      org.xgradient.training;
  exports org.xgradient.data.table;
  exports org.xgradient.data.table.reading;
  exports org.xgradient.data.text;

  opens org.xgradient.data.text to
      com.fasterxml.jackson.databind;
}
