// Texts in colours to search, sort and page through.
"use strict";
(function () {
  var PAGE = 50;
  var data = JSON.parse(document.getElementById("coloured-texts-data").textContent);
  var all = data.texts;
  var list = document.getElementById("coloured-texts");
  var tools = document.getElementById("text-tools");
  var searched = all.map(function (text) {
    return [text.heading, text.words.join(" "), text.words.join(""), text.sum].join(" ");
  });
  var orders = [{name: "as given"}];
  var chosen = [];
  var page = 0;

  function control(text, made, name) {
    var label = document.createElement("label");
    label.className = name;
    label.append.apply(label, name === "inline" ? [made, text] : [text, made]);
    toolbar.append(label);
    return made;
  }

  function button(text, step) {
    var made = document.createElement("button");
    made.type = "button";
    made.textContent = text;
    made.addEventListener("click", function () {
      page += step;
      draw();
      count.scrollIntoView();
    });
    return made;
  }

  function order(name, values, descending) {
    orders.push({name: name, values: values, descending: descending});
  }

  order("strongest word first", all.map(function (text) { return text.strength; }), true);
  if (all.some(function (text) { return text.marked; })) {
    order("wrong ones first", all.map(function (text) { return text.marked ? 1 : 0; }), true);
  }
  data.measures.forEach(function (measure) {
    order(measure.name + ", largest first", measure.values, true);
    order(measure.name + ", smallest first", measure.values, false);
  });

  var toolbar = document.createElement("div");
  toolbar.className = "toolbar";
  var search = control("search", document.createElement("input"), "grow");
  search.type = "search";
  search.autocomplete = "off";
  var sort = control("sort by", document.createElement("select"), "");
  orders.forEach(function (choice, i) { sort.append(new Option(choice.name, i)); });
  var numbers = control("numbers", document.createElement("input"), "inline");
  numbers.type = "checkbox";
  tools.append(toolbar);
  // Outside of the tools, for paper says too how many there are.
  var count = document.createElement("p");
  count.className = "status";
  count.setAttribute("role", "status");
  list.before(count);
  var before = button("Previous", -1);
  var after = button("Next", 1);
  var pager = document.createElement("div");
  pager.className = "pager";
  pager.append(before, after);
  list.after(pager);
  tools.hidden = false;

  // What is between the marks has a direction of its own.
  function paragraph(parent, name, text) {
    var made = document.createElement("p");
    made.className = name;
    text.split("\u2068").forEach(function (part, i) {
      var ends = i === 0 ? -1 : part.indexOf("\u2069");
      if (ends >= 0) {
        var isolated = document.createElement("bdi");
        isolated.textContent = part.slice(0, ends);
        made.append(isolated);
      }
      made.append(ends >= 0 ? part.slice(ends + 1) : part);
    });
    parent.append(made);
    return made;
  }

  function item(text) {
    var made = document.createElement("li");
    made.className = text.marked ? "coloured marked" : "coloured";
    paragraph(made, "heading", text.heading);
    var words = paragraph(made, "words", "");
    words.dir = "auto";
    text.words.forEach(function (word, i) {
      var level = text.levels[i];
      var span = document.createElement("span");
      span.textContent = word;
      span.className = level === 0 ? "w" : (level > 0 ? "w up" : "w down") + Math.abs(level);
      span.title = text.values[i];
      span.dataset.value = text.values[i];
      words.append(span, " ");
    });
    paragraph(made, "sum", text.sum);
    return made;
  }

  function draw() {
    var last = Math.max(0, Math.ceil(chosen.length / PAGE) - 1);
    page = Math.min(Math.max(page, 0), last);
    var from = page * PAGE;
    var shown = chosen.slice(from, from + PAGE);
    list.replaceChildren.apply(list, shown.map(function (row) { return item(all[row]); }));
    before.disabled = page === 0;
    after.disabled = page === last;
    count.textContent = (shown.length === 0 ? "none" : (from + 1) + " to " + (from + shown.length))
      + " of " + chosen.length + " texts"
      + (chosen.length < all.length ? ", chosen from " + all.length : "");
  }

  function choose() {
    var by = orders[sort.value];
    chosen = xg.order(
      searched, by.values, {search: search.value, descending: Boolean(by.descending)});
    page = 0;
    draw();
  }

  search.addEventListener("input", choose);
  sort.addEventListener("input", choose);
  numbers.addEventListener("input", function () {
    list.classList.toggle("numbers", numbers.checked);
  });
  choose();
}());
