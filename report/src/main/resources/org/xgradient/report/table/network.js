// A dense network with rectifiers, computed in the page: outputs, and what each feature adds to one
// of them. All numbers are kept as 32-bit floats, as TensorFlow keeps them; sums are of 64 bits.
var xg = xg || {};
(function () {
  'use strict';

  var fround = Math.fround;

  function layer(packed) {
    return {
      inputs: packed.inputs,
      outputs: packed.outputs,
      weights: xg.array(packed.weights),
      biases: packed.biases ? xg.array(packed.biases) : null
    };
  }

  function forward(layers, features) {
    var values = [features];
    layers.forEach(function (l, depth) {
      var inputs = values[depth];
      var sums = new Float64Array(l.outputs);
      for (var i = 0; i < l.inputs; i++) {
        var x = inputs[i];
        if (x !== 0) {
          for (var j = 0, w = i * l.outputs; j < l.outputs; j++, w++) {
            sums[j] += x * l.weights[w];
          }
        }
      }
      var out = new Float32Array(l.outputs);
      var rectified = depth < layers.length - 1;
      for (var k = 0; k < l.outputs; k++) {
        var y = l.biases ? sums[k] + l.biases[k] : sums[k];
        out[k] = rectified && y < 0 ? 0 : y;
      }
      values.push(out);
    });
    return values;
  }

  // The gradient of Σ seed · output with respect to the features.
  function gradient(layers, values, seed) {
    var downstream = seed;
    for (var depth = layers.length - 1; depth >= 0; depth--) {
      var l = layers[depth];
      var out = new Float32Array(l.inputs);
      for (var i = 0; i < l.inputs; i++) {
        // A rectifier that is off lets nothing through; the features themselves have none.
        if (depth === 0 || values[depth][i] > 0) {
          var sum = 0;
          for (var j = 0, w = i * l.outputs; j < l.outputs; j++, w++) {
            sum += l.weights[w] * downstream[j];
          }
          out[i] = sum;
        }
      }
      downstream = out;
    }
    return downstream;
  }

  xg.network = function (packed) {
    var layers = packed.layers.map(layer);
    var nodes = packed.nodes;
    var weights = packed.weights;
    return {
      features: layers[0].inputs,
      outputs: function (features) {
        var values = forward(layers, features);
        return values[values.length - 1];
      },
      // What each feature adds to Σ seed · output, from features of zero.
      contributions: function (features, seed) {
        var sum = new Float64Array(features.length);
        for (var point = 0; point < nodes.length; point++) {
          var at = new Float32Array(features.length);
          for (var i = 0; i < at.length; i++) {
            at[i] = nodes[point] * features[i];
          }
          var slopes = gradient(layers, forward(layers, at), seed);
          for (var k = 0; k < sum.length; k++) {
            sum[k] += weights[point] * slopes[k];
          }
        }
        var out = new Float32Array(features.length);
        for (var f = 0; f < out.length; f++) {
          out[f] = features[f] * fround(sum[f]);
        }
        return out;
      }
    };
  };

  // The features of a row: numbers imputed and standardised, levels as 0 or 1. Cells are numbers,
  // NaN if missing, or the places of levels, -1 if missing.
  xg.encode = function (encodings, cells) {
    var features = [];
    encodings.forEach(function (encoding, column) {
      var cell = cells[column];
      if (encoding.kind === 'number') {
        var known = !encoding.observed ? 0 : cell !== cell ? encoding.imputed : cell;
        features.push((known - encoding.mean) / encoding.scale);
        return;
      }
      for (var level = 0; level < encoding.levels; level++) {
        features.push(cell === level ? 1 : 0);
      }
      if (encoding.missing) {
        features.push(cell === -1 ? 1 : 0);
      }
    });
    return new Float32Array(features);
  };

  // What a model says of a row: output and contributions by column, in the words of the label.
  xg.model = function (packed) {
    var network = xg.network(packed.network);
    return {
      encodings: packed.encodings,
      explain: function (cells, explained) {
        var features = xg.encode(packed.encodings, cells);
        var logits = network.outputs(features);
        var binary = packed.task === 'binary';
        var sign = binary && explained === 0 ? -1 : 1;
        var seed = new Float32Array(logits.length);
        var index = packed.task === 'multiclass' ? explained : 0;
        seed[index] = 1;
        var scale = packed.task === 'regression' ? packed.scale : sign;
        var shift = packed.task === 'regression' ? packed.mean : 0;
        var zero = network.outputs(new Float32Array(features.length))[index];
        var each = network.contributions(features, seed);
        var contributions = [];
        var at = 0;
        packed.encodings.forEach(function (encoding) {
          var width = encoding.kind === 'number' ? 1 : encoding.levels + (encoding.missing ? 1 : 0);
          var sum = 0;
          for (var i = 0; i < width; i++) {
            sum += each[at++];
          }
          contributions.push(sum * scale);
        });
        return {
          start: zero * scale + shift,
          end: logits[index] * scale + shift,
          contributions: contributions,
          probability: xg.probability(packed.task, logits, explained)
        };
      }
    };
  };

  xg.probability = function (task, logits, explained) {
    if (task === 'regression') {
      return NaN;
    }
    if (task === 'binary') {
      var second = 1 / (1 + Math.exp(-logits[0]));
      return explained === 1 ? second : 1 - second;
    }
    var largest = Math.max.apply(null, Array.prototype.slice.call(logits));
    var sum = 0;
    for (var i = 0; i < logits.length; i++) {
      sum += Math.exp(logits[i] - largest);
    }
    return Math.exp(logits[explained] - largest) / sum;
  };
})();
