// Numbers as the pages write them, and arrays as the pages carry them.
var xg = xg || {};
(function () {
  'use strict';

  var ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

  function bytes(base64) {
    var codes = new Uint8Array(128);
    for (var i = 0; i < 64; i++) {
      codes[ALPHABET.charCodeAt(i)] = i;
    }
    var end = base64.length;
    while (end > 0 && base64.charAt(end - 1) === '=') {
      end--;
    }
    var out = new Uint8Array(Math.floor(end * 3 / 4));
    for (var from = 0, to = 0; from < end; from += 4, to += 3) {
      var group = 0;
      for (var k = 0; k < 4; k++) {
        group = (group << 6) | (from + k < end ? codes[base64.charCodeAt(from + k)] : 0);
      }
      out[to] = group >> 16;
      if (to + 1 < out.length) {
        out[to + 1] = (group >> 8) & 255;
      }
      if (to + 2 < out.length) {
        out[to + 2] = group & 255;
      }
    }
    return out;
  }

  // An array of the page: {type, base64}, little endian whatever the machine.
  xg.array = function (packed) {
    var raw = bytes(packed.base64);
    var view = new DataView(raw.buffer);
    var i;
    var out;
    if (packed.type === 'u8') {
      return raw;
    }
    if (packed.type === 'u16') {
      out = new Uint16Array(raw.length / 2);
      for (i = 0; i < out.length; i++) {
        out[i] = view.getUint16(2 * i, true);
      }
    } else if (packed.type === 'f32') {
      out = new Float32Array(raw.length / 4);
      for (i = 0; i < out.length; i++) {
        out[i] = view.getFloat32(4 * i, true);
      }
    } else if (packed.type === 'd32') {
      out = new Float64Array(raw.length / 4);
      for (i = 0; i < out.length; i++) {
        out[i] = shortest(view.getFloat32(4 * i, true));
      }
    } else {
      out = new Float64Array(raw.length / 8);
      for (i = 0; i < out.length; i++) {
        out[i] = view.getFloat64(8 * i, true);
      }
    }
    return out;
  };

  // The decimal number of fewest digits that is nearest to a 32-bit float.
  function shortest(value) {
    if (value === Math.round(value) || value !== value) {
      return value;
    }
    for (var digits = 1; digits < 9; digits++) {
      var decimal = Number(value.toPrecision(digits));
      if (Math.fround(decimal) === value) {
        return decimal;
      }
    }
    return value;
  }

  // A number with so many significant digits, without an exponent where people would write none.
  xg.significant = function (value, digits) {
    if (value !== value) {
      return 'n/a';
    }
    if (value === 0) {
      return '0';
    }
    if (!isFinite(value)) {
      return value > 0 ? 'infinite' : '−infinite';
    }
    var parts = value.toExponential(digits - 1).split('e');
    var exponent = parseInt(parts[1], 10);
    var unrounded = parseInt(value.toExponential().split('e')[1], 10);
    if (unrounded < -4 || unrounded >= 6) {
      return minus(parts[0]) + 'e' + minus(String(exponent));
    }
    var decimals = value === Math.round(value) ? 0 : Math.max(0, digits - 1 - exponent);
    return minus(Number(parts.join('e')).toFixed(decimals));
  };

  // The text of a cell: all digits that it has.
  xg.plain = function (value) {
    return value !== value ? '' : minus(String(value));
  };

  xg.percent = function (fraction) {
    return (100 * fraction).toFixed(1) + ' %';
  };

  xg.count = function (count) {
    return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
  };

  // Days since 1970-01-01 as a date.
  xg.date = function (days) {
    return new Date(Math.floor(days) * 86400000).toISOString().slice(0, 10);
  };

  // The date as days, NaN if it is none.
  xg.days = function (date) {
    var milliseconds = Date.parse(date + 'T00:00:00Z');
    return milliseconds / 86400000;
  };

  function minus(text) {
    return text.replace('-', '−');
  }
  xg.minus = minus;
})();
