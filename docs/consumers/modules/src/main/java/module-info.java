/** An application on the module path. */
module example.modules {
  requires org.xgradient.training;
}
