// A text as the editor shows it, and as it is written: one is made into the other, and what is pasted is cleaned.
window.skrivtext = (function () {
  "use strict";
  var BLOCKS = { P: 1, DIV: 1, H1: 1, H2: 1, H3: 1, H4: 1, H5: 1, H6: 1, UL: 1, OL: 1, LI: 1, TABLE: 1, SECTION: 1, ARTICLE: 1, BLOCKQUOTE: 1, PRE: 1, TBODY: 1, THEAD: 1, TFOOT: 1, TR: 1, TD: 1, TH: 1 };
  var LETTER = /[\p{L}\p{N}]/u;
  function el(name, attributes, text) {
    var made = document.createElement(name);
    Object.keys(attributes || {}).forEach(function (key) { made.setAttribute(key, attributes[key]); });
    if (text) { made.textContent = text; }
    return made;
  }
  function escaped(text) { return text.replace(/[\\*{}|]/g, "\\$&"); }
  function line(text) { return text.replace(/\u200b/g, "").replace(/[ \n\t]+/g, " ").trim(); }
  function isFigure(node) { return node.nodeType === 1 && node.dataset && node.dataset.skrivs; }

  // --- From what is shown to what is written ---
  // The pieces of running text: words with or without emphasis, and figures as they are written. A line break, and the
  // edge of a block within, such as a paragraph in a cell, is a new line.
  function gather(node, tryck, into) {
    function add(text, stressed) {
      var before = into[into.length - 1];
      if (before && before.text !== undefined && before.tryck === stressed) { before.text += text; } else { into.push({ text: text, tryck: stressed }); }
    }
    node.childNodes.forEach(function (child) {
      if (child.nodeType === 3) { add(child.data.replace(/\u200b/g, ""), tryck); return; }
      if (child.nodeType !== 1) { return; }
      if (isFigure(child)) { into.push({ skrivs: child.dataset.skrivs }); return; }
      if (child.tagName === "BR") { add("\n", false); return; }
      if (BLOCKS[child.tagName]) { add("\n", false); }
      gather(child, tryck || /^(EM|I|B|STRONG)$/.test(child.tagName), into);
      if (BLOCKS[child.tagName]) { add("\n", false); }
    });
    return into;
  }
  // Emphasis stands close around its words and never within one; where it cannot, the words stand without it.
  function pieces(node, plain) {
    var all = gather(node, false, []), out = "";
    all.forEach(function (piece, at) {
      if (piece.skrivs) { out += piece.skrivs; return; }
      var words = piece.text.replace(/\n/g, " ").trim(), next = all[at + 1];
      if (!piece.tryck || plain || !words) { out += escaped(piece.text); return; }
      var before = piece.text.match(/^\s*/)[0], after = piece.text.match(/\s*$/)[0];
      var within = (!before && (LETTER.test(out.slice(-1)) || (at > 0 && all[at - 1].skrivs))) || (!after && next && next.text && LETTER.test(next.text.charAt(0)));
      out += before + (within ? escaped(words) : "*" + escaped(words) + "*") + after;
    });
    return out;
  }
  function guarded(text) {
    if (/^Tabell:/.test(text)) { return text.replace(":", "\\:"); }
    return (/^[#\-•]/.test(text) ? "\\" : "") + text;
  }
  // Dashes alone would be read as the line under the headings.
  function cell(node) { var said = line(pieces(node, true)); return /^[-:]+$/.test(said) ? "\\" + said : said; }
  function items(list, into) {
    Array.prototype.forEach.call(list.children, function (item) {
      if (/^(UL|OL)$/.test(item.tagName)) { items(item, into); return; }
      var own = item.cloneNode(true);
      own.querySelectorAll("ul, ol").forEach(function (inner) { inner.remove(); });
      var said = line(pieces(own));
      if (said) { into.push("- " + said); }
      item.querySelectorAll("ul, ol").forEach(function (inner) { if (inner.parentNode.closest("ul, ol") === list) { items(inner, into); } });
    });
    return into;
  }
  function written(root) {
    var out = [];
    function paragraphs(text) {
      text.split(/\n+/).forEach(function (part) { if (line(part)) { out.push(guarded(line(part))); } });
    }
    (function walk(node) {
      var loose = el("span");
      function flush() { if (loose.firstChild) { paragraphs(pieces(loose)); loose = el("span"); } }
      Array.prototype.slice.call(node.childNodes).forEach(function (child) {
        if (child.nodeType !== 1 || !BLOCKS[child.tagName]) { loose.appendChild(child.cloneNode(true)); return; }
        flush();
        if (/^H[1-6]$/.test(child.tagName)) {
          var heading = line(pieces(child, true));
          if (heading) { out.push("## " + heading); }
        } else if (/^(UL|OL)$/.test(child.tagName)) {
          var said = items(child, []);
          if (said.length) { out.push(said.join("\n")); }
        } else if (child.tagName === "TABLE") {
          var rows = [];
          child.querySelectorAll("tr").forEach(function (row) {
            rows.push("| " + Array.prototype.map.call(row.children, cell).join(" | ") + " |");
          });
          var title = child.querySelector("caption"), named = title ? line(pieces(title, true)) : "";
          if (named && rows.length) { rows.unshift("Tabell: " + named); }
          if (rows.length) { out.push(rows.join("\n")); }
        } else { walk(child); }
      });
      flush();
    }(root));
    return out.join("\n\n");
  }

  // --- What is pasted keeps its paragraphs, headings, lists, tables and emphasis, and nothing else ---
  var UNWANTED = /^(SCRIPT|STYLE|TEMPLATE|HEAD|TITLE|META|LINK|IMG|SVG|MATH|OBJECT|IFRAME|NOSCRIPT|TEXTAREA|SELECT|BUTTON)$/i;
  function stressed(child, name) {
    var style = child.style || {};
    if (style.fontWeight === "normal" || style.fontWeight === "400") { return style.fontStyle === "italic"; }
    return /^(EM|I|B|STRONG)$/.test(name) || (name === "SPAN" && (/^(bold|[6-9]00)$/.test(style.fontWeight) || style.fontStyle === "italic"));
  }
  function cleaned(node, into) {
    node.childNodes.forEach(function (child) {
      if (child.nodeType === 3) {
        var text = child.data.replace(/[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]/g, "").replace(/[\r\n\t]+/g, " ");
        // What stands between blocks is how the source is laid out.
        var beside = [child.previousElementSibling, child.nextElementSibling].some(function (other) { return other && BLOCKS[other.tagName]; });
        if (text.trim() || !(beside || /^(UL|OL|TABLE|TBODY|TR)$/.test(into.tagName))) { into.appendChild(document.createTextNode(text)); }
        return;
      }
      if (child.nodeType !== 1 || UNWANTED.test(child.tagName)) { return; }
      var name = child.tagName.toUpperCase(), kept;
      // The mark of an item, which a word processor writes out.
      if (/mso-list:\s*ignore/i.test(child.getAttribute("style") || "")) { return; }
      if (isFigure(child) && /^\{[^{}<>]*\}$/.test(child.dataset.skrivs)) {
        into.appendChild(el("span", { "class": "levande", contenteditable: "false", "data-skrivs": child.dataset.skrivs }, child.textContent));
        return;
      }
      if (name === "BR") { into.appendChild(el("br")); return; }
      if (name === "CAPTION") { if (into.tagName === "TABLE") { into.insertBefore(el("caption", {}, line(child.textContent)), into.firstChild); } return; }
      if (/^H[1-6]$/.test(name)) { kept = el("h3"); }
      else if (name === "P" && /^MsoListParagraph/.test(child.className)) {
        kept = el("li");
        if (!into.lastElementChild || into.lastElementChild.tagName !== "UL") { into.appendChild(el("ul")); }
        into.lastElementChild.appendChild(cleaned(child, kept));
        return;
      } else if (/^(P|UL|OL|LI|TABLE|TBODY|THEAD|TFOOT|TR|TD|TH)$/.test(name)) { kept = el(name === "OL" ? "ul" : /^T(HEAD|FOOT)$/.test(name) ? "tbody" : name.toLowerCase()); }
      else if (BLOCKS[name]) { kept = Array.prototype.some.call(child.children, function (inner) { return BLOCKS[inner.tagName]; }) ? null : el("p"); }
      else if (stressed(child, name)) { kept = el("em"); }
      if (!kept) { cleaned(child, into); return; }
      cleaned(child, kept);
      if (kept.tagName !== "P" || kept.querySelector(".levande") || line(kept.textContent)) { into.appendChild(kept); }
    });
    return into;
  }
  function fromPlain(text, into) {
    text = text.replace(/\r\n?/g, "\n");
    if (text.indexOf("\n") < 0) { into.appendChild(el("p", {}, text)); return; }
    text.split(/\n[ \t]*\n/).forEach(function (part) {
      // A line with a mark is an item; what follows without one goes on with it.
      var kept = null, items = null;
      part.split("\n").forEach(function (row) {
        var item = row.match(/^\s*[•·▪–-]\s+(.*)$/);
        if (item && !items) { items = into.appendChild(el("ul")); }
        if (item) { kept = items.appendChild(el("li", {}, line(item[1]))); }
        else if (kept) { kept.textContent = line(kept.textContent + " " + row); }
        else if (line(row)) { kept = into.appendChild(el("p", {}, line(row))); }
      });
    });
  }
  // What is to be put in from a clipboard or something dropped: a single paragraph goes into the one that is written.
  function brought(data) {
    var html = data.getData("text/html"), holder = el("div");
    if (html) { cleaned(new DOMParser().parseFromString(html, "text/html").body, holder); } else { fromPlain(data.getData("text/plain"), holder); }
    var one = holder.childNodes.length === 1 && holder.firstElementChild && holder.firstElementChild.tagName === "P";
    return one ? holder.firstElementChild.innerHTML : holder.innerHTML;
  }
  return { el: el, written: written, brought: brought };
}());
