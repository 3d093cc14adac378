/**
 * Trained models of texts with all they need to take raw texts: the words that they know, the names
 * of the classes, and where they came from; and what their attributions say of words.
 *
 * <p>{@link org.xgradient.training.text.TextModel} loads and writes model directories. {@link
 * org.xgradient.training.text.TextNetwork} describes what is trained.
 */
@NullMarked
package org.xgradient.training.text;

import org.jspecify.annotations.NullMarked;
