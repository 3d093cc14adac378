// The rows of a page: what is in them, which are shown, and in which order.
var xg = xg || {};
(function () {
  'use strict';

  function column(packed) {
    return {
      name: packed.name,
      kind: packed.kind,
      values: xg.array(packed.values),
      levels: packed.levels || []
    };
  }

  xg.rows = function (packed) {
    var count = packed.count;
    var columns = packed.columns.map(column);
    var contributions = xg.array(packed.contributions);
    var numbers = xg.array(packed.numbers);
    var start = packed.start ? xg.array(packed.start) : null;
    var end = xg.array(packed.end);
    var probabilities = packed.probabilities ? xg.array(packed.probabilities) : null;
    var explained = packed.explained ? xg.array(packed.explained) : null;
    var haystacks = [];

    var store = {
      count: count,
      columns: columns,
      number: function (row) { return numbers[row]; },
      start: function (row) { return start ? start[row] : NaN; },
      end: function (row) { return end[row]; },
      probability: function (row) { return probabilities ? probabilities[row] : NaN; },
      explained: function (row) { return explained ? explained[row] : -1; },
      contribution: function (c, row) { return contributions[c * count + row]; },
      kept: packed.kept
    };

    // A number, NaN if missing; the place of a level, -1 if missing.
    store.cell = function (c, row) {
      var value = columns[c].values[row];
      return columns[c].kind !== 'levels' || value < columns[c].levels.length ? value : -1;
    };

    store.text = function (c, row) {
      return xg.cellText(columns[c], store.cell(c, row));
    };

    function haystack(row) {
      if (haystacks[row] === undefined) {
        var texts = [String(numbers[row])];
        if (explained) {
          texts.push(packed.classes[explained[row]]);
        }
        packed.kept.forEach(function (kept) { texts.push(kept.texts[row]); });
        for (var c = 0; c < columns.length; c++) {
          texts.push(store.text(c, row));
        }
        haystacks[row] = texts.join('\n').toLowerCase().replace(/−/g, '-');
      }
      return haystacks[row];
    }

    // By a key: 'row', 'output', 'probability', 'value:3' or 'contribution:3'.
    function quantity(key) {
      var parts = key.split(':');
      var c = parseInt(parts[1], 10);
      switch (parts[0]) {
        case 'output': return function (row) { return end[row]; };
        case 'probability': return function (row) { return store.probability(row); };
        case 'contribution': return function (row) { return store.contribution(c, row); };
        case 'value':
          return columns[c].kind === 'levels'
            ? function (row) {
              var place = store.cell(c, row);
              return place < 0 ? null : columns[c].levels[place];
            }
            : function (row) { return columns[c].values[row]; };
        case 'class': return function (row) { return packed.classes[explained[row]]; };
        default: return function (row) { return numbers[row]; };
      }
    }

    function isMissing(value) {
      return value === null || value !== value;
    }

    function passes(filter, of, row) {
      if (filter.level !== undefined) {
        return filter.key === 'class'
          ? explained[row] === filter.level
          : store.cell(parseInt(filter.key.split(':')[1], 10), row) === filter.level;
      }
      var value = of(row);
      if (isMissing(value)) {
        return false;
      }
      return (filter.low === undefined || value >= filter.low)
        && (filter.high === undefined || value <= filter.high);
    }

    // The rows that hold a text and pass the filters, in order; missing values come last.
    store.select = function (query) {
      var wanted = (query.search || '').toLowerCase().replace(/−/g, '-').trim();
      var filters = (query.filters || []).map(function (filter) {
        return {filter: filter, of: quantity(filter.key)};
      });
      var found = [];
      for (var row = 0; row < count; row++) {
        var stays = filters.every(function (f) { return passes(f.filter, f.of, row); });
        if (stays && (wanted === '' || haystack(row).indexOf(wanted) >= 0)) {
          found.push(row);
        }
      }
      var of = quantity(query.sort || 'row');
      var sign = query.descending ? -1 : 1;
      found.sort(function (a, b) {
        var x = of(a);
        var y = of(b);
        if (isMissing(x) || isMissing(y)) {
          return (isMissing(x) ? 1 : 0) - (isMissing(y) ? 1 : 0) || a - b;
        }
        return x < y ? -sign : x > y ? sign : a - b;
      });
      return found;
    };

    // The columns of a row by how much they add or take.
    store.reasons = function (row, most) {
      var order = columns.map(function (ignored, c) { return c; });
      order.sort(function (a, b) {
        return Math.abs(store.contribution(b, row)) - Math.abs(store.contribution(a, row)) || a - b;
      });
      return order.slice(0, most);
    };

    var spreads = null;
    function spread(c) {
      if (!spreads) {
        spreads = columns.map(function (ignored, i) { return deviation(columns[i]); });
      }
      return spreads[c];
    }

    // The rows whose cells are nearest: numbers in standard deviations, levels same or not.
    store.similar = function (row, most) {
      var distances = [];
      for (var other = 0; other < count; other++) {
        if (other === row) {
          continue;
        }
        var sum = 0;
        for (var c = 0; c < columns.length; c++) {
          var a = columns[c].values[row];
          var b = columns[c].values[other];
          if (columns[c].kind === 'levels') {
            sum += a === b ? 0 : 1;
          } else if (a !== a || b !== b) {
            sum += a !== a && b !== b ? 0 : 1;
          } else if (spread(c) > 0) {
            sum += (a - b) * (a - b) / (spread(c) * spread(c));
          }
        }
        distances.push({row: other, distance: Math.sqrt(sum)});
      }
      distances.sort(function (x, y) { return x.distance - y.distance || x.row - y.row; });
      return distances.slice(0, most);
    };

    return store;
  };

  function deviation(c) {
    var n = 0;
    var mean = 0;
    var squares = 0;
    for (var i = 0; i < c.values.length; i++) {
      var value = c.values[i];
      if (value === value) {
        n++;
        var before = value - mean;
        mean += before / n;
        squares += before * (value - mean);
      }
    }
    return n > 0 ? Math.sqrt(squares / n) : 0;
  }

  xg.cellText = function (column, cell) {
    if (column.kind === 'levels') {
      return cell < 0 ? 'missing' : column.levels[cell];
    }
    return cell !== cell ? 'missing' : column.kind === 'date' ? xg.date(cell) : xg.plain(cell);
  };
})();
