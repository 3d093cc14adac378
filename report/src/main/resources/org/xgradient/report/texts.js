"use strict";
(function () {
  var list = document.getElementById("coloured-texts");
  var tools = document.getElementById("text-tools");
  var items = Array.prototype.slice.call(list.children);

  function labelled(text, control) {
    var label = document.createElement("label");
    label.append(text + " ", control);
    tools.append(label, " ");
    return control;
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
  tools.append(count);
  tools.hidden = false;

  function filter() {
    var wanted = search.value.trim().toLowerCase();
    var shown = 0;
    items.forEach(function (item) {
      item.hidden = wanted !== "" && !item.textContent.toLowerCase().includes(wanted);
      shown += item.hidden ? 0 : 1;
    });
    count.textContent = shown + " of " + items.length;
  }

  function sort() {
    var by = order.value;
    var sorted = items.slice();
    if (by === "strength") {
      sorted.sort(function (a, b) { return b.dataset.strength - a.dataset.strength; });
    } else if (by === "marked") {
      sorted.sort(function (a, b) {
        return b.classList.contains("marked") - a.classList.contains("marked");
      });
    }
    sorted.forEach(function (item) { list.append(item); });
  }

  search.addEventListener("input", filter);
  order.addEventListener("change", sort);
  numbers.addEventListener("change", function () {
    list.classList.toggle("numbers", numbers.checked);
  });
  filter();
}());
