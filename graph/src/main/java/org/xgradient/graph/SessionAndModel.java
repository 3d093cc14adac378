package org.xgradient.graph;

/**
 * A session and a model of its graph.
 *
 * @param session the session
 * @param model the model
 */
record SessionAndModel(GraphSession session, Model model) implements BoundModel {}
