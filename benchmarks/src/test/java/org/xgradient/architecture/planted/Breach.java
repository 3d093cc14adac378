package org.xgradient.architecture.planted;

import java.util.Map;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tensorflow.Graph;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.SessionFunction;
import org.tensorflow.internal.c_api.TF_Graph;
import org.tensorflow.proto.ConfigProto;

/** Breaks the rules, so that they are seen to fail. Nothing runs it. */
public final class Breach {

  static final Logger LOG = LoggerFactory.getLogger(Breach.class);

  private Breach() {}

  static double random() {
    return new Random().nextDouble() + Math.random() + ThreadLocalRandom.current().nextDouble();
  }

  static void print() {
    System.out.println("out");
    System.err.println("err");
  }

  static void open() {
    try (Graph graph = new Graph();
        Session session = new Session(graph);
        Session configured = new Session(graph, ConfigProto.getDefaultInstance())) {
      session.initialize();
      configured.initialize();
    }
    SavedModelBundle.load("model").close();
    Supplier<Graph> reference = Graph::new;
    reference.get().close();
  }

  static void run(Session session, SessionFunction function) {
    session.runner().run().close();
    function.call(Map.of()).close();
  }

  static void useInternals(TF_Graph graph) {
    graph.close();
  }
}
