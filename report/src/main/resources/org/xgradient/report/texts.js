"use strict";
(function () {
  var PAGE = 50;
  var all = JSON.parse(document.getElementById("coloured-texts-data").textContent);
  var list = document.getElementById("coloured-texts");
  var tools = document.getElementById("text-tools");
  var chosen = all;
  var page = 0;

  function labelled(text, control) {
    var label = document.createElement("label");
    label.append(text + " ", control);
    tools.append(label, " ");
    return control;
  }

  function button(text, step) {
    var made = document.createElement("button");
    made.type = "button";
    made.textContent = text;
    made.addEventListener("click", function () {
      page += step;
      draw();
    });
    return made;
  }

  var search = labelled("Search", document.createElement("input"));
  search.type = "search";
  var order = labelled("Order", document.createElement("select"));
  [["file", "as in the file"], ["strength", "strongest word first"], ["marked", "wrong ones first"]]
    .forEach(function (choice) { order.append(new Option(choice[1], choice[0])); });
  var numbers = labelled("Numbers", document.createElement("input"));
  numbers.type = "checkbox";
  var count = document.createElement("span");
  count.setAttribute("role", "status");
  var before = button("Previous", -1);
  var after = button("Next", 1);
  tools.append(before, " ", after, " ", count);
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
    list.replaceChildren.apply(list, shown.map(item));
    before.disabled = page === 0;
    after.disabled = page === last;
    count.textContent = (shown.length === 0 ? "none" : (from + 1) + " to " + (from + shown.length))
      + " of " + chosen.length + (chosen.length < all.length ? ", chosen from " + all.length : "");
  }

  function choose() {
    var wanted = search.value.trim().toLowerCase();
    chosen = all.filter(function (text) {
      return wanted === ""
        || (text.heading + " " + text.words.join(" ") + " " + text.sum).toLowerCase()
          .includes(wanted);
    });
    if (order.value === "strength") {
      chosen.sort(function (a, b) { return b.strength - a.strength; });
    } else if (order.value === "marked") {
      chosen.sort(function (a, b) { return b.marked - a.marked; });
    }
    page = 0;
    draw();
  }

  search.addEventListener("input", choose);
  order.addEventListener("change", choose);
  numbers.addEventListener("change", function () {
    list.classList.toggle("numbers", numbers.checked);
  });
  choose();
}());
