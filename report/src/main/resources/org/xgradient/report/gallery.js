// Pictures in rows to search and sort, with a choice of columns, and maps over what they explain.
var xg = xg || {};

(function () {
  'use strict';
  if (typeof document === 'undefined') {
    return;
  }
  var data = JSON.parse(document.getElementById('gallery-data').textContent);
  var place = document.getElementById('gallery');
  var table = place.nextElementSibling.querySelector('table.images');
  var body = table.querySelector('tbody');
  var above = table.classList.contains('labels-above');
  var before = !above && table.querySelector('thead td') ? 1 : 0;
  var groups = [];
  Array.prototype.forEach.call(body.children, function (line, i) {
    if (above && i % 2 === 1) {
      groups[groups.length - 1].push(line);
    } else {
      groups.push([line]);
    }
  });
  var texts = groups.map(function (lines) {
    return lines.map(function (line) {
      var titles = Array.prototype.map.call(line.querySelectorAll('img'), function (image) {
        return image.alt;
      });
      return line.textContent + ' ' + titles.join(' ');
    }).join(' ');
  });

  function make(name, attributes, children) {
    var element = document.createElement(name);
    Object.keys(attributes).forEach(function (key) { element.setAttribute(key, attributes[key]); });
    children.forEach(function (child) {
      element.appendChild(typeof child === 'string' ? document.createTextNode(child) : child);
    });
    return element;
  }

  var search = make('input', {type: 'search', autocomplete: 'off'}, []);
  var sort = make('select', {}, [make('option', {value: ''}, ['as given'])]);
  data.measures.forEach(function (measure, i) {
    sort.appendChild(make('option', {value: String(2 * i)}, [measure.name + ', largest first']));
    sort.appendChild(make('option', {value: String(2 * i + 1)}, [measure.name + ', smallest first']));
  });
  var status = make('p', {'class': 'status', role: 'status'}, []);
  var controls = [
    make('label', {'class': 'grow'}, ['search', search]), make('label', {}, ['sort by', sort])];

  function update() {
    var choice = sort.value === '' ? -1 : Number(sort.value);
    var rows = xg.order(
      texts,
      choice < 0 ? null : data.measures[Math.floor(choice / 2)].values,
      {search: search.value, descending: choice % 2 === 0});
    body.textContent = '';
    rows.forEach(function (row) {
      groups[row].forEach(function (line) { body.appendChild(line); });
    });
    status.textContent = rows.length === groups.length
      ? groups.length + ' images' : rows.length + ' of ' + groups.length + ' images';
  }

  // Pictures of a row: the first is what the others explain.
  function pictures(lines) {
    return lines[lines.length - 1].querySelectorAll('td');
  }

  var titles = table.querySelectorAll('thead th');
  for (var column = 1; column < titles.length; column++) {
    addChoice(column);
  }

  function addChoice(column) {
    var box = make('input', {type: 'checkbox'}, []);
    box.checked = true;
    box.addEventListener('input', function () {
      titles[column].hidden = !box.checked;
      groups.forEach(function (lines) { pictures(lines)[column].hidden = !box.checked; });
    });
    controls.push(make('label', {'class': 'inline'}, [box, titles[column].textContent]));
  }

  // A map over its photo: from 1 down to a half its paper fades, from there on its colours.
  function lay(map, photo, opacity) {
    var frame = map.parentNode;
    if (!frame.classList.contains('over')) {
      frame = make('span', {'class': 'over'}, []);
      map.parentNode.insertBefore(frame, map);
      frame.appendChild(map);
      map.src = withoutPaper(map);
    }
    var paper = 'rgba(255, 255, 255, ' + Math.max(0, 2 * opacity - 1) + ')';
    frame.style.backgroundImage =
      'linear-gradient(' + paper + ', ' + paper + '), url("' + photo.src + '")';
    map.style.opacity = Math.min(1, 2 * opacity);
  }

  // The same colours as paint on glass: over white they are what they were.
  function withoutPaper(map) {
    var canvas = make('canvas', {width: map.naturalWidth, height: map.naturalHeight}, []);
    var context = canvas.getContext('2d');
    context.drawImage(map, 0, 0);
    var pixels = context.getImageData(0, 0, canvas.width, canvas.height);
    xg.withoutPaper(pixels.data);
    context.putImageData(pixels, 0, 0);
    return canvas.toDataURL();
  }

  if (data.maps) {
    var opacity = make('input', {type: 'range', min: '0', max: '100', value: '100'}, []);
    opacity.addEventListener('input', function () {
      groups.forEach(function (lines) {
        var cells = pictures(lines);
        var photo = cells[0].querySelector('img');
        for (var i = 1; i < cells.length; i++) {
          lay(cells[i].querySelector('img'), photo, opacity.value / 100);
        }
      });
    });
    controls.push(make('label', {}, ['opacity of the maps over the image', opacity]));
  }

  search.addEventListener('input', update);
  sort.addEventListener('input', update);
  place.appendChild(make('div', {'class': 'toolbar'}, controls));
  place.appendChild(status);
  update();
  place.hidden = false;
})();
