package org.xgradient.data.table;

import com.google.common.primitives.ImmutableIntArray;
import org.xgradient.data.Split;

/**
 * A table made ready for training.
 *
 * @param dataset the features and labels of all rows
 * @param split which of its rows are for training, validation and testing
 * @param epoch the training rows as an epoch meets them, some several times if rows have weights
 * @param preprocessing what made the features, to be kept beside the model
 * @param labels what made the labels, to be kept beside the model
 * @param sourceRows for each row of the data set the index of its row in the table; they differ
 *     where rows without a label were dropped
 */
public record PreparedTable(
    TabularDataset dataset,
    Split split,
    ImmutableIntArray epoch,
    TablePreprocessing preprocessing,
    LabelEncoding labels,
    ImmutableIntArray sourceRows) {}
