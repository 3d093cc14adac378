// The steps from one number to another, rounded so that they still add up: not the steps are
// rounded but the levels between them.
var xg = xg || {};
(function () {
  'use strict';

  var STEP_DIGITS = 3;
  var LEVEL_DIGITS = 6;

  // Whole units of 10^-decimals, halves to even.
  function units(value, decimals) {
    if (decimals < 0) {
      var coarse = value / Math.pow(10, -decimals);
      var below = Math.floor(coarse);
      var above = coarse - below;
      return above < 0.5 || (above === 0.5 && below % 2 === 0) ? below : below + 1;
    }
    var nearest = Number(value.toFixed(decimals).replace('.', ''));
    var exact = Math.abs(value).toFixed(Math.min(100, decimals + 40));
    var rest = exact.slice(exact.indexOf('.') + 1 + decimals);
    if (/^50*$/.test(rest) && nearest % 2 !== 0) {
      return nearest - (value < 0 ? -1 : 1);
    }
    return nearest;
  }

  // Units as a text with so many digits behind the point.
  function text(count, decimals) {
    var digits = String(Math.abs(count));
    if (decimals <= 0) {
      digits = count === 0 ? '0' : digits + '0'.repeat(-decimals);
    } else {
      while (digits.length <= decimals) {
        digits = '0' + digits;
      }
      digits = digits.slice(0, digits.length - decimals) + '.' + digits.slice(-decimals);
    }
    return (count < 0 ? '−' : '') + digits;
  }

  function magnitude(value) {
    return value === 0 ? 0 : parseInt(Math.abs(value).toExponential().split('e')[1], 10);
  }

  // The largest in order, then the rest as one.
  function steps(contributions, most) {
    var sorted = contributions.slice();
    sorted.sort(function (a, b) {
      return Math.abs(b.amount) - Math.abs(a.amount);
    });
    var shown = sorted.length <= most + 1 ? sorted.length : most;
    var out = [];
    var rest = 0;
    sorted.forEach(function (contribution, i) {
      if (i < shown) {
        out.push({label: contribution.label, amount: contribution.amount});
      } else {
        rest += contribution.amount;
      }
    });
    if (shown < sorted.length) {
      out.push({label: 'the other ' + (sorted.length - shown) + ' features', amount: rest});
    }
    return out;
  }

  xg.waterfall = function (start, contributions, end, most) {
    var exact = steps(contributions, most);
    var largestStep = 0;
    var sum = 0;
    exact.forEach(function (step) {
      largestStep = Math.max(largestStep, Math.abs(step.amount));
      sum += step.amount;
    });
    var gap = end - start - sum;
    var largest = Math.max(Math.abs(start), Math.abs(end), largestStep, Math.abs(gap));
    var order = magnitude(largest);
    var exponent = order >= LEVEL_DIGITS || order < -3 ? Math.floor(order / 3) * 3 : 0;
    var finest = LEVEL_DIGITS - 1 - order;
    var decimals = largestStep === 0
      ? STEP_DIGITS - order
      : Math.min(STEP_DIGITS - 1 - magnitude(largestStep), finest);
    // A gap that can be seen gets a step; one below the last digit goes into the largest step.
    if (exact.length === 0 || Math.abs(gap) >= 0.5 * Math.pow(10, -decimals)) {
      exact.push({label: 'not explained (approximation)', amount: gap});
    } else {
      exact[0].amount += gap;
    }
    var first = units(start, decimals);
    var last = units(end, decimals);
    var shift = decimals + exponent;
    var level = start;
    var before = first;
    var rounded = exact.map(function (step, i) {
      level += step.amount;
      var after = i === exact.length - 1 ? last : units(level, decimals);
      var amount = after - before;
      var out = {
        label: step.label,
        from: before,
        to: after,
        text: (amount > 0 ? '+' : '') + text(amount, shift),
        raises: amount > 0 || (amount === 0 && step.amount >= 0)
      };
      before = after;
      return out;
    });
    return {
      first: first,
      start: text(first, shift),
      steps: rounded,
      last: last,
      end: text(last, shift),
      exponent: exponent
    };
  };
})();
