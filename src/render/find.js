document.querySelectorAll(".find").forEach(place => {
  const table = place.parentNode.nextElementSibling.querySelector("table");
  const rows = [...table.tBodies[0].rows].filter(row => row.className !== "total");
  const box = document.createElement("input");
  box.type = "search";
  box.placeholder = place.dataset.label;
  box.setAttribute("aria-label", place.dataset.label);
  box.oninput = () => {
    const wanted = box.value.trim().toLowerCase();
    rows.forEach(row => { row.hidden = !row.textContent.toLowerCase().includes(wanted); });
  };
  place.append(box);
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, at) => {
    const button = document.createElement("button");
    button.append(...head.childNodes);
    head.append(button);
    button.onclick = () => {
      const way = head.getAttribute("aria-sort") === "ascending" ? -1 : 1;
      heads.forEach(other => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", way > 0 ? "ascending" : "descending");
      const text = row => row.cells[at].textContent;
      const number = row => parseFloat(text(row)) || 0;
      const numbers = rows.every(row => /^([-\d].*)?$/.test(text(row)));
      const order = numbers ? (a, b) => number(a) - number(b) : (a, b) => text(a).localeCompare(text(b), document.documentElement.lang);
      rows.map((row, place) => [row, place]).sort(([a, i], [b, j]) => way * (order(a, b) || i - j)).forEach(([row]) => row.parentNode.append(row));
    };
  });
});
