package org.xgradient.benchmarks;

import org.apache.commons.math3.random.MersenneTwister;
import org.apache.commons.math3.random.RandomAdaptor;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Parameter;
import org.xgradient.graph.network.Initializer;
import org.xgradient.graph.network.Network;
import org.xgradient.graph.network.NetworkModel;
import org.xgradient.graph.network.ParameterSpec;

/**
 * A network with random weights.
 *
 * @param network the network
 * @param initial where the weights come from
 */
record WeightedNetwork(Network network, Initial initial) {

  private static final int SEED = 1;

  /** Where weights come from. */
  enum Initial {
    /** The initial values of the network. */
    OF_THE_NETWORK,
    /** Normal by He et al. in every layer: a Fixup network begins with zeros otherwise. */
    HE
  }

  NetworkModel build(GraphSession session) {
    NetworkModel model = network.build(session, SEED);
    if (initial == Initial.HE) {
      for (int i = 0; i < network.parameters().size(); i++) {
        assign(session, model.parameters().get(i), network.parameters().get(i), i);
      }
    }
    return model;
  }

  private static void assign(
      GraphSession session, Parameter parameter, ParameterSpec spec, int position) {
    var random = new RandomAdaptor(new MersenneTwister(new int[] {SEED, position}));
    parameter.assign(
        session,
        values -> Initializer.heNormal().fill(values, spec.fanIn(), spec.fanOut(), random));
  }
}
