// What a reader chose of rows: those that hold a text, in the order of a number.
var xg = xg || {};

// The rows whose text holds what is searched, in order; missing values come last.
xg.order = function (texts, values, query) {
  'use strict';
  var wanted = query.search.toLowerCase().trim();
  var sign = query.descending ? -1 : 1;
  var rows = [];
  texts.forEach(function (text, row) {
    if (text.toLowerCase().indexOf(wanted) >= 0) {
      rows.push(row);
    }
  });
  if (values) {
    rows.sort(function (a, b) {
      var x = values[a];
      var y = values[b];
      var missing = (x === null ? 1 : 0) - (y === null ? 1 : 0);
      return missing || (x < y ? -sign : x > y ? sign : a - b);
    });
  }
  return rows;
};
