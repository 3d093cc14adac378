// Pictures that were painted on white paper.
var xg = xg || {};

// Takes the paper away: what is white lets through what is behind, and over white all is as it was.
xg.withoutPaper = function (pixels) {
  'use strict';
  for (var i = 0; i < pixels.length; i += 4) {
    var paint = 255 - Math.min(pixels[i], pixels[i + 1], pixels[i + 2]);
    for (var c = i; paint > 0 && c < i + 3; c++) {
      pixels[c] = 255 - (255 - pixels[c]) * 255 / paint;
    }
    pixels[i + 3] = paint;
  }
};
