// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

// Draws the plots from the tables beside them. Without it, or without Chart.js, the tables say it all.

(() => {
  'use strict';
  /** Which colours lines have: the two alike in hue are for areas. */
  const LINES = [0, 2, 3, 4];
  const DASHES = [[], [7, 4], [2, 3], [9, 3, 2, 3]];
  const POINTS = ['circle', 'rectRot', 'triangle', 'rect'];
  const drawn = [];
  const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const color = (at) => token(`--plot-${at + 1}`);

  /** Every second one is hatched, each in its own direction: told apart in grey, too. */
  function fill(at) {
    if (at === 0 || at === 2) return color(at);
    const size = 8;
    const tile = Object.assign(document.createElement('canvas'), { width: size, height: size });
    const pen = tile.getContext('2d');
    pen.fillStyle = color(at);
    pen.fillRect(0, 0, size, size);
    pen.strokeStyle = token('--sheet');
    pen.lineWidth = 1.5;
    pen.beginPath();
    for (const shift of [-size, 0, size]) {
      pen.moveTo(shift, at === 4 ? size : 0);
      pen.lineTo(shift + size, at === 4 ? 0 : size);
    }
    if (at === 3) pen.rect(0, size / 2, size, 0);
    pen.stroke();
    return pen.createPattern(tile, 'repeat');
  }

  function series(table, from, to) {
    const heads = [...table.tHead.rows[0].cells];
    const rows = [...table.tBodies[0].rows];
    return {
      labels: rows.map((row) => row.cells[0].textContent.trim()),
      sets: heads.slice(from, to + 1).map((head, at) => ({
        label: head.textContent.trim(),
        data: rows.map((row) => (row.cells[from + at].dataset.value === '' ? null : +row.cells[from + at].dataset.value)),
      })),
    };
  }

  const bars = (set, at) => ({ ...set, backgroundColor: fill(at), maxBarThickness: 36 });
  const lines = (set, at) => ({
    ...set,
    borderColor: color(LINES[at]),
    backgroundColor: color(LINES[at]),
    borderDash: DASHES[at],
    pointStyle: POINTS[at],
    pointRadius: 3,
    borderWidth: 2,
    tension: 0,
    spanGaps: false,
  });

  function draw(figure) {
    const { plot, table, from, to } = figure.dataset;
    const { labels, sets } = series(document.getElementById(table), +from, +to);
    const isBars = plot === 'bars';
    if (!sets.some(({ data }) => data.some((it) => it !== null))) return;
    figure.hidden = false;
    const ticks = { color: token('--soft'), font: { family: token('--sans') } };
    const grid = { color: token('--rule') };
    drawn.push(
      new Chart(figure.querySelector('canvas'), {
        type: isBars ? 'bar' : 'line',
        data: { labels, datasets: sets.map(isBars ? bars : lines) },
        options: {
          animation: false,
          responsive: true,
          maintainAspectRatio: false,
          interaction: { mode: 'index', intersect: false },
          scales: {
            x: { stacked: isBars, ticks: { ...ticks, maxRotation: 0, autoSkipPadding: 16 }, grid: { display: false }, border: grid },
            y: {
              stacked: isBars,
              beginAtZero: true,
              max: isBars ? undefined : 100,
              ticks: { ...ticks, precision: 0, maxTicksLimit: 6 },
              grid,
              border: { display: false },
            },
          },
          plugins: {
            legend: { position: 'bottom', labels: { ...ticks, color: token('--ink'), usePointStyle: !isBars, boxWidth: isBars ? 14 : 24, boxHeight: isBars ? 14 : 8, padding: 16 } },
          },
        },
      }),
    );
  }

  function drawAll() {
    drawn.splice(0).forEach((chart) => chart.destroy());
    document.querySelectorAll('[data-plot]').forEach(draw);
  }

  if (!window.Chart) return;
  drawAll();
  for (const look of ['screen and (prefers-color-scheme: dark)', '(forced-colors: active)', 'print']) {
    matchMedia(look).addEventListener('change', drawAll);
  }
  // A canvas keeps its size on paper unless it is told.
  addEventListener('beforeprint', () => drawn.forEach((chart) => chart.resize(640, 260)));
  addEventListener('afterprint', () => drawn.forEach((chart) => chart.resize()));
})();
