/**
 * Texts as plain arrays: files of labelled lines, words, vocabularies and published word vectors.
 *
 * <p>A {@link org.xgradient.data.text.TextReader} gives {@link
 * org.xgradient.data.text.LabelledTexts}; a {@link org.xgradient.data.text.Tokenizer} makes words
 * of a text; a {@link org.xgradient.data.text.Vocabulary}, fitted on training texts, numbers them.
 * A {@link org.xgradient.data.text.TextPreprocessing} is all of that for a model, and goes with it.
 */
@NullMarked
package org.xgradient.data.text;

import org.jspecify.annotations.NullMarked;
