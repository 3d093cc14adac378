/**
 * Networks of texts: the words, given as numbers, become embeddings, and the embeddings are what is
 * explained.
 *
 * <p>An {@link org.xgradient.graph.embedding.EmbeddedNetwork} is a table of embeddings and a
 * network behind it. Its model takes the numbers of words; a forward pass of it explains the
 * gathered embeddings, an inner tensor, along with which the words of each text stay fixed. Without
 * biases the network is homogeneous in the embeddings.
 */
@NullMarked
package org.xgradient.graph.embedding;

import org.jspecify.annotations.NullMarked;
