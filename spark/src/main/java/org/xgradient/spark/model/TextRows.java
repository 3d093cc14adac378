package org.xgradient.spark.model;

import com.google.common.collect.ImmutableList;
import org.apache.spark.sql.Row;
import org.xgradient.data.text.EncodedText;
import org.xgradient.data.text.TextPreprocessing;

/**
 * Rows with a text, which becomes the numbers of its words.
 *
 * @param preprocessing what makes words and numbers
 * @param column the name of the column
 * @param position where it is in a row
 */
record TextRows(TextPreprocessing preprocessing, String column, int position) implements RowReader {

  @Override
  public void read(Row row, float[] features, int offset) throws InvalidCellException {
    Object cell = row.get(position);
    EncodedText text = preprocessing.encode(cell == null ? "" : cell.toString());
    if (text.words().isEmpty()) {
      throw new InvalidCellException(column, "a text with words", cell);
    }
    for (int i = 0; i < text.numbers().length(); i++) {
      features[offset + i] = text.numbers().get(i);
    }
  }

  /** The words of a row that could be read. */
  ImmutableList<String> words(Row row) {
    return preprocessing.encode(row.getString(position)).words();
  }
}
