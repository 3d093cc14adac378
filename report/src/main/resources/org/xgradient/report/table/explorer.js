// The rows of a page to search, sort, filter, look at and change.
(function () {
  'use strict';

  var MOST_STEPS = 10;
  var REASONS = 3;
  // What is smaller than this share of the largest contribution of a row is rounding.
  var LEAST = 1e-6;
  var SIMILAR = 5;
  var packed = JSON.parse(document.getElementById('rows-data').textContent);
  var store = xg.rows(packed);
  var model = packed.model ? xg.model(packed.model) : null;
  var query = {search: '', sort: 'row', descending: false, filters: []};
  var page = 0;
  var shown = [];
  var several = severalClasses();

  // A column that says the same of each row is left out.
  function severalClasses() {
    for (var row = 1; packed.explained && row < store.count; row++) {
      if (store.explained(row) !== store.explained(0)) {
        return true;
      }
    }
    return false;
  }

  // An element with attributes and children; texts are texts, never markup.
  function make(name, attributes, children) {
    var element = document.createElement(name);
    Object.keys(attributes || {}).forEach(function (key) {
      if (attributes[key] !== null) {
        element.setAttribute(key, attributes[key]);
      }
    });
    (children || []).forEach(function (child) {
      element.appendChild(typeof child === 'string' ? document.createTextNode(child) : child);
    });
    return element;
  }

  // A text of the data, whose letters do not turn what stands beside it.
  function data(text) {
    return make('bdi', {}, [text]);
  }

  function field(label, control, style) {
    return make('label', {'class': style || null}, [label, control]);
  }

  function option(value, label) {
    return make('option', {value: value}, [label]);
  }

  function signed(value) {
    return (value > 0 ? '+' : '') + xg.significant(value, 3);
  }

  function explainedClass(row) {
    return packed.classes[store.explained(row)];
  }

  // The toolbar.
  var search = make('input', {type: 'search', autocomplete: 'off'});
  var sort = make('select', {}, [option('row', 'row'), option('output', packed.output)]);
  if (packed.probabilities) {
    sort.appendChild(option('probability', 'probability'));
  }
  sort.appendChild(make('optgroup', {label: 'value'}, store.columns.map(function (column, c) {
    return option('value:' + c, column.name);
  })));
  sort.appendChild(make('optgroup', {label: 'contribution'}, store.columns.map(function (column, c) {
    return option('contribution:' + c, column.name + ' (contribution)');
  })));
  var direction = make('button', {type: 'button'}, []);
  var filterBy = make('select', {}, [option('', 'all rows'), option('output', packed.output)]);
  if (several) {
    filterBy.appendChild(option('class', 'class explained'));
  }
  filterBy.appendChild(make('optgroup', {label: 'value'}, store.columns.map(function (column, c) {
    return option('value:' + c, column.name);
  })));
  var condition = make('span', {'class': 'toolbar-condition'});
  condition.style.display = 'contents';
  var size = make('select', {}, [option('10', '10'), option('25', '25'), option('100', '100')]);
  size.value = '25';

  // The table and its pages.
  var status = make('p', {'class': 'status', role: 'status'});
  var body = make('tbody');
  var head = make('tr');
  var table = make('table', {}, [
    make('caption', {}, ['Rows and what adds or takes most']), make('thead', {}, [head]), body]);
  var previous = make('button', {type: 'button'}, ['Previous']);
  var next = make('button', {type: 'button'}, ['Next']);
  var place = make('span', {'class': 'page-number'});
  var detail = make('div', {tabindex: '-1'});

  function header(label, key, style) {
    var button = make('button', {type: 'button'}, [label]);
    var cell = make('th', {scope: 'col', 'class': style}, [button]);
    button.addEventListener('click', function () {
      query.descending = query.sort === key ? !query.descending : key !== 'row';
      query.sort = key;
      sort.value = key;
      update();
    });
    cell.sortKey = key;
    return cell;
  }

  head.appendChild(header('row', 'row', 'text'));
  packed.kept.forEach(function (kept) {
    head.appendChild(make('th', {scope: 'col', 'class': 'text'}, [data(kept.name)]));
  });
  if (several) {
    head.appendChild(make('th', {scope: 'col', 'class': 'text'}, ['explained']));
  }
  head.appendChild(header(packed.output, 'output', 'number'));
  if (packed.probabilities) {
    head.appendChild(header('probability', 'probability', 'number'));
  }
  head.appendChild(make('th', {scope: 'col', 'class': 'text'}, ['adds or takes most']));

  function reasonsOf(row) {
    var out = [];
    var least = 0;
    store.reasons(row, REASONS).forEach(function (c, i) {
      var amount = store.contribution(c, row) * 1;
      if (i === 0) {
        least = LEAST * Math.abs(amount);
      }
      if (Math.abs(amount) <= least) {
        return;
      }
      if (i > 0) {
        out.push('; ');
      }
      out.push(data(store.columns[c].name + ' = ' + store.text(c, row)), ' ');
      out.push(make('span', {'class': amount < 0 ? 'lowers' : 'raises'}, [signed(amount)]));
    });
    return out;
  }

  function line(row) {
    var open = make('button', {type: 'button', 'class': 'row'}, [xg.count(store.number(row))]);
    open.setAttribute('aria-label', 'row ' + store.number(row) + ': show how it comes about');
    open.addEventListener('click', function () { show(row, true); });
    var cells = [make('td', {'class': 'text'}, [open])];
    packed.kept.forEach(function (kept) {
      cells.push(make('td', {'class': 'text'}, [data(kept.texts[row])]));
    });
    if (several) {
      cells.push(make('td', {'class': 'text'}, [data(explainedClass(row))]));
    }
    cells.push(make('td', {'class': 'number'}, [xg.significant(store.end(row), 4)]));
    if (packed.probabilities) {
      cells.push(make('td', {'class': 'number'}, [xg.percent(store.probability(row))]));
    }
    cells.push(make('td', {'class': 'text reasons'}, reasonsOf(row)));
    var out = make('tr', {}, cells);
    out.row = row;
    return out;
  }

  function update() {
    shown = store.select(query);
    page = 0;
    draw();
  }

  function pages() {
    return Math.max(1, Math.ceil(shown.length / Number(size.value)));
  }

  function draw() {
    var from = page * Number(size.value);
    var rows = shown.slice(from, from + Number(size.value));
    body.textContent = '';
    rows.forEach(function (row) { body.appendChild(line(row)); });
    status.textContent = shown.length === store.count
      ? xg.count(store.count) + ' rows'
      : xg.count(shown.length) + ' of ' + xg.count(store.count) + ' rows';
    place.textContent = 'page ' + xg.count(page + 1) + ' of ' + xg.count(pages());
    previous.disabled = page === 0;
    next.disabled = page + 1 >= pages();
    direction.textContent = query.descending ? 'largest first' : 'smallest first';
    Array.prototype.forEach.call(head.children, function (cell) {
      if (cell.sortKey) {
        cell.setAttribute(
          'aria-sort',
          cell.sortKey !== query.sort ? 'none' : query.descending ? 'descending' : 'ascending');
      }
    });
    mark();
  }

  function mark() {
    Array.prototype.forEach.call(body.children, function (entry) {
      if (entry.row === current) {
        entry.setAttribute('aria-current', 'true');
      } else {
        entry.removeAttribute('aria-current');
      }
    });
  }

  function rowOf(label, drawing, text, style) {
    return make('tr', {'class': style}, [
      make('th', {scope: 'row'}, [label]),
      make('td', {'class': 'track', 'aria-hidden': 'true'}, [drawing]),
      make('td', {'class': 'number'}, [text])]);
  }

  function bar(from, to, low, high, raises) {
    var width = high - low || 1;
    var out = make('span', {'class': 'bar ' + (raises ? 'up' : 'down')});
    out.style.left = 100 * (Math.min(from, to) - low) / width + '%';
    out.style.width = 100 * Math.abs(to - from) / width + '%';
    return out;
  }

  function amount(text, raises) {
    return make('span', {'class': raises ? 'raises' : 'lowers'}, [text]);
  }

  function tableOf(title, lines) {
    return make('table', {'class': 'waterfall'}, [
      make('caption', {}, [data(title)]), make('tbody', {}, lines)]);
  }

  // One bar below another, from the output at the baseline to that of the row.
  function waterfall(start, contributions, end, title) {
    if (!packed.complete) {
      return bars(contributions, title);
    }
    var steps = xg.waterfall(start, contributions, end, MOST_STEPS);
    var low = Math.min(steps.first, steps.last);
    var high = Math.max(steps.first, steps.last);
    steps.steps.forEach(function (step) {
      low = Math.min(low, step.from, step.to);
      high = Math.max(high, step.from, step.to);
    });
    function level(label, at, text) {
      var mark = make('span', {'class': 'end'});
      mark.style.left = 100 * (at - low) / (high - low || 1) + '%';
      return rowOf(label, mark, text, 'level');
    }
    var lines = steps.steps.map(function (step) {
      return rowOf(data(step.label), bar(step.from, step.to, low, high, step.raises),
        amount(step.text, step.raises), null);
    });
    lines.unshift(level(packed.startLabel, steps.first, steps.start));
    lines.push(level(packed.endLabel, steps.last, steps.end));
    return tableOf(title + (steps.exponent === 0 ? '' : ', in units of 1e' + steps.exponent), lines);
  }

  // Of a method whose amounts do not add up: each from zero.
  function bars(contributions, title) {
    var sorted = contributions.slice();
    sorted.sort(function (a, b) { return Math.abs(b.amount) - Math.abs(a.amount); });
    var low = 0;
    var high = 0;
    sorted.forEach(function (step) {
      low = Math.min(low, step.amount);
      high = Math.max(high, step.amount);
    });
    return tableOf(title, sorted.slice(0, MOST_STEPS).map(function (step) {
      return rowOf(data(step.label), bar(0, step.amount, low, high, step.amount >= 0),
        amount(signed(step.amount), step.amount >= 0), null);
    }));
  }

  function unit(row) {
    return several ? packed.unit + ' of ' + explainedClass(row) : packed.output;
  }

  function steps(cells, contributions) {
    return contributions.map(function (amount, c) {
      return {
        label: store.columns[c].name + ' = ' + xg.cellText(store.columns[c], cells[c]),
        amount: amount
      };
    });
  }

  function outcome(label, end, probability) {
    var parts = [make('span', {}, [label + ': ', make('strong', {}, [xg.significant(end, 4)])])];
    if (packed.probabilities) {
      parts.push(make('span', {}, ['probability ', make('strong', {}, [xg.percent(probability)])]));
    }
    return parts;
  }

  var current = -1;

  function cellsOf(row) {
    return store.columns.map(function (ignored, c) { return store.cell(c, row); });
  }

  function show(row, move) {
    current = row;
    mark();
    var cells = cellsOf(row);
    var contributions = store.columns.map(function (ignored, c) {
      return store.contribution(c, row);
    });
    var heading = make('h3', {}, ['Row ' + xg.count(store.number(row))]);
    var close = make('button', {type: 'button'}, ['Close']);
    close.addEventListener('click', function () {
      detail.textContent = '';
      current = -1;
      mark();
      history.replaceState(null, '', location.pathname + location.search);
      search.focus();
    });
    detail.textContent = '';
    detail.appendChild(make('div', {'class': 'detail'}, [
      heading,
      make('p', {'class': 'outcome'}, outcome(unit(row), store.end(row), store.probability(row))),
      waterfall(store.start(row), steps(cells, contributions), store.end(row), unit(row)),
      similar(row),
      whatIf(row),
      close]));
    history.replaceState(null, '', '#row-' + store.number(row));
    if (move) {
      detail.focus({preventScroll: true});
      detail.scrollIntoView({block: 'start', behavior: 'auto'});
    }
  }

  function similar(row) {
    var lines = store.similar(row, SIMILAR).map(function (found) {
      return line(found.row);
    });
    var titles = Array.prototype.map.call(head.children, function (cell) {
      return make('th', {scope: 'col', 'class': cell.className}, [data(cell.textContent)]);
    });
    return make('div', {}, [
      make('h4', {}, ['Similar rows']),
      make('p', {'class': 'status'}, [
        'The nearest of these rows by the cells: numbers in standard deviations, levels equal or not.'
      ]),
      make('div', {'class': 'scroll', tabindex: '0', role: 'group', 'aria-label': 'similar rows'}, [
        make('table', {}, [make('thead', {}, [make('tr', {}, titles)]), make('tbody', {}, lines)])])
    ]);
  }

  function control(c, cell) {
    var column = store.columns[c];
    var input;
    if (column.kind === 'levels') {
      var encoding = model.encodings[c];
      input = make('select', {}, column.levels.map(function (level, i) {
        return option(String(i), i < encoding.levels ? level : level + ' (not seen in training)');
      }));
      input.appendChild(option('-1', 'missing'));
      input.value = String(cell);
      input.read = function () { return Number(input.value); };
    } else if (column.kind === 'date') {
      input = make('input', {type: 'date'});
      input.value = cell === cell ? xg.date(cell) : '';
      input.read = function () { return input.value ? xg.days(input.value) : NaN; };
    } else {
      input = make('input', {type: 'number', step: 'any', placeholder: 'missing'});
      input.value = cell === cell ? String(cell) : '';
      input.read = function () { return input.value === '' ? NaN : Number(input.value); };
    }
    return input;
  }

  function whatIf(row) {
    if (!model) {
      return make('div', {}, [
        make('h4', {}, ['What if']), make('p', {'class': 'status'}, [packed.whyNoModel])]);
    }
    var original = cellsOf(row);
    var inputs = original.map(function (cell, c) { return control(c, cell); });
    var fields = inputs.map(function (input, c) {
      return make('label', {}, [data(store.columns[c].name), input]);
    });
    var result = make('div', {'aria-live': 'polite'});
    var reset = make('button', {type: 'button'}, ['Back to the row']);

    function compute() {
      var cells = inputs.map(function (input) { return input.read(); });
      var changed = false;
      cells.forEach(function (cell, c) {
        var same = cell === original[c] || (cell !== cell && original[c] !== original[c]);
        fields[c].className = same ? '' : 'changed';
        changed = changed || !same;
      });
      reset.disabled = !changed;
      result.textContent = '';
      if (!changed) {
        result.appendChild(make('p', {'class': 'status'}, ['Change a value above.']));
        return;
      }
      var found = model.explain(cells, store.explained(row));
      result.appendChild(make('p', {'class': 'outcome'}, outcome(
        unit(row), found.end, found.probability).concat([
          make('span', {}, ['change ', make('strong', {}, [signed(found.end - store.end(row))])])])));
      result.appendChild(
        waterfall(found.start, steps(cells, found.contributions), found.end, unit(row)));
    }

    inputs.forEach(function (input) { input.addEventListener('input', compute); });
    reset.addEventListener('click', function () {
      original.forEach(function (cell, c) {
        var fresh = control(c, cell);
        inputs[c].value = fresh.value;
      });
      compute();
      inputs[0].focus();
    });
    compute();
    return make('div', {'class': 'what-if'}, [
      make('h4', {}, ['What if']),
      make('p', {'class': 'status'}, [packed.whatIfNote]),
      make('div', {'class': 'fields'}, fields), reset, result]);
  }

  function drawCondition() {
    condition.textContent = '';
    query.filters = [];
    var key = filterBy.value;
    if (key === '') {
      update();
      return;
    }
    var c = parseInt(key.split(':')[1], 10);
    var levels = key === 'class' ? packed.classes
      : key !== 'output' && store.columns[c].kind === 'levels' ? store.columns[c].levels : null;
    if (levels) {
      var choice = make('select', {}, levels.map(function (level, i) {
        return option(String(i), level);
      }));
      if (key !== 'class') {
        choice.appendChild(option('-1', 'missing'));
      }
      condition.appendChild(field('is', choice));
      choice.addEventListener('input', apply);
      apply();
      return;
    }
    var type = key !== 'output' && store.columns[c].kind === 'date' ? 'date' : 'number';
    var low = make('input', {type: type, step: type === 'number' ? 'any' : null});
    var high = make('input', {type: type, step: type === 'number' ? 'any' : null});
    condition.appendChild(field('at least', low));
    condition.appendChild(field('at most', high));
    low.addEventListener('input', bounds);
    high.addEventListener('input', bounds);
    update();

    function apply() {
      query.filters = [{key: key, level: Number(choice.value)}];
      update();
    }
    function bound(input) {
      return input.value === '' ? undefined
        : type === 'date' ? xg.days(input.value) : Number(input.value);
    }
    function bounds() {
      query.filters = [{key: key, low: bound(low), high: bound(high)}];
      if (query.filters[0].low === undefined && query.filters[0].high === undefined) {
        query.filters = [];
      }
      update();
    }
  }

  var waiting = null;
  search.addEventListener('input', function () {
    clearTimeout(waiting);
    waiting = setTimeout(function () {
      query.search = search.value;
      update();
    }, 150);
  });
  sort.addEventListener('input', function () { query.sort = sort.value; update(); });
  direction.addEventListener('click', function () {
    query.descending = !query.descending;
    update();
  });
  filterBy.addEventListener('input', drawCondition);
  size.addEventListener('input', function () { page = 0; draw(); });
  previous.addEventListener('click', function () { page--; draw(); });
  next.addEventListener('click', function () { page++; draw(); });

  var explorer = document.getElementById('rows');
  explorer.appendChild(make('div', {'class': 'toolbar'}, [
    field('search', search, 'grow'), field('sort by', sort), direction,
    field('only rows where', filterBy), condition, field('rows on a page', size)]));
  explorer.appendChild(status);
  explorer.appendChild(make(
    'div', {'class': 'scroll', tabindex: '0', role: 'group', 'aria-label': 'rows'}, [table]));
  explorer.appendChild(make('div', {'class': 'pager'}, [previous, place, next]));
  explorer.appendChild(detail);
  update();
  explorer.hidden = false;
  document.querySelector('[data-fallback="rows"]').hidden = true;

  // A link to a row, such as page.html#row-17.
  function follow() {
    var wanted = /^#row-(\d+)$/.exec(location.hash);
    for (var row = 0; wanted && row < store.count; row++) {
      if (store.number(row) === Number(wanted[1])) {
        show(row, true);
        return;
      }
    }
  }
  window.addEventListener('hashchange', follow);
  follow();
})();
