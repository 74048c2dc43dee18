// Keeps pictures in line: in a browser's fixed-width font a Chinese or Japanese character is rarely two columns wide.
for (const code of document.querySelectorAll("code.language-text")) {
  const wide = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6]+/g;
  const walker = document.createTreeWalker(code, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) texts.push(walker.currentNode);
  for (const text of texts) {
    const parts = document.createDocumentFragment();
    let end = 0;
    for (const run of text.data.matchAll(wide)) {
      const columns = document.createElement("span");
      columns.textContent = run[0];
      columns.style.display = "inline-block";
      columns.style.width = `${2 * run[0].length}ch`;
      parts.append(text.data.slice(end, run.index), columns);
      end = run.index + run[0].length;
    }
    parts.append(text.data.slice(end));
    text.replaceWith(parts);
  }
}
