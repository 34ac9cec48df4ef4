// The editor of a report's texts. The form works without it; with it the text is edited as it reads, live figures are
// picked from a list, and it is saved as one writes.
(function () {
  "use strict";
  var el = window.skrivtext.el, written = window.skrivtext.written;

  function start(form) {
    if (form.dataset.igang) { return; }
    form.dataset.igang = "ja";
    var area = form.querySelector("textarea"), last = form.querySelector("[name=last]"), plats = form.dataset.plats;
    var label = form.querySelector("label"), status = form.querySelector(".sparad"), help = form.querySelector(".hjalptext");
    var article = document.querySelector("[data-narvaro]");
    var box = el("div", { "class": "redigerare", contenteditable: "true", role: "textbox", "aria-multiline": "true", lang: "sv", spellcheck: "true", id: area.id + "-ruta" });
    var bar = el("div", { "class": "verktygsrad", role: "toolbar", "aria-label": "Utseende" });
    box.appendChild(form.querySelector("template.redigerbar").content.cloneNode(true));
    label.id = area.id + "-rubrik";
    box.setAttribute("aria-labelledby", label.id);
    label.addEventListener("click", function () { box.focus(); });
    label.removeAttribute("for");
    box.setAttribute("aria-describedby", help.id);
    area.hidden = true;
    help.textContent = "Sparas medan du skriver. Siffror som är understrukna är levande: de följer tabellerna.";
    area.parentNode.insertBefore(bar, area); area.parentNode.insertBefore(box, area);
    document.execCommand("defaultParagraphSeparator", false, "p");

    var known = area.value, saving = false, waiting = null, dirty = false, panel = null, latest = "", apart = false;
    // The same words are not told twice: whoever listens would hear them at every key.
    function tell(text, bad) {
      if (status.textContent !== text) { status.textContent = text; }
      status.classList.toggle("fel", !!bad);
    }
    function changed() {
      area.value = written(box);
      dirty = area.value !== known;
      // While one is to choose between two texts nothing is saved.
      if (panel) { return; }
      if (!dirty) { clearTimeout(waiting); if (!status.classList.contains("fel")) { tell(latest); } return; }
      if (!status.classList.contains("fel")) { tell("Inte sparat än …"); }
      clearTimeout(waiting); waiting = setTimeout(save, 600);
    }
    function save(then) {
      clearTimeout(waiting);
      if (panel) { panel.focus(); return; }
      if (saving) { waiting = setTimeout(function () { save(then); }, 100); return; }
      if (!dirty) { if (then) { then(); } return; }
      saving = true;
      var sent = area.value, fields = new URLSearchParams();
      fields.set("plats", plats); fields.set("last", last.value); fields.set("text", sent);
      // What was chosen before another text leaves that one in the history.
      if (apart) { fields.set("ny", "ja"); }
      fetch(form.action, { method: "POST", headers: { Accept: "application/json" }, body: fields, redirect: "manual" })
        .then(function (answer) {
          if (answer.type === "opaqueredirect" || answer.status === 401) { throw new Error("utloggad"); }
          if ((answer.headers.get("content-type") || "").indexOf("application/json") < 0) { throw new Error("fel"); }
          return answer.json();
        })
        .then(function (told) {
          saving = false;
          if (told.nyare) { conflict(told); return; }
          if (told.fel) { tell(told.fel, true); return; }
          last.value = told.last; known = sent; apart = false; dirty = area.value !== known;
          latest = "Sparat " + told.nar.slice(11, 16) + ".";
          tell(latest);
          remarks(told.anmarkningar);
          if (then) { save(then); } else if (dirty) { waiting = setTimeout(save, 600); }
        })
        .catch(function (error) {
          saving = false;
          tell(error.message === "utloggad"
            ? "Du har blivit utloggad. Texten är inte sparad men står kvar här. Logga in i en ny flik, och tryck sedan Spara."
            : "Texten kunde inte sparas. Den står kvar här; programmet försöker igen.", true);
          if (error.message !== "utloggad") { waiting = setTimeout(save, 5000); }
        });
    }
    function remarks(html) {
      var place = form.parentNode.querySelector(".skriv-anm");
      if (place) { place.innerHTML = html; }
    }
    function conflict(told) {
      panel = el("div", { "class": "felruta krock", role: "alert", tabindex: "-1" });
      panel.appendChild(el("h2", {}, told.nyare.vem + " har sparat en annan text här"));
      panel.appendChild(el("p", {}, "Sparad " + told.nyare.nar + ". Din text är inte sparad, men står kvar nedan. Välj vilken som ska gälla. Den andra finns kvar under Tidigare texter, om den har sparats."));
      panel.appendChild(el("h3", {}, "Texten som nu står sparad"));
      var other = el("div", { "class": "annans", tabindex: "0", role: "group", "aria-label": "Texten som nu står sparad" });
      other.innerHTML = told.nyare.redigerbar;
      panel.appendChild(other);
      var mine = el("button", { type: "button", "class": "knapp" }, "Behåll min text"), theirs = el("button", { type: "button", "class": "knapp tyst" }, "Ta den andra texten");
      var buttons = el("p", { "class": "knappar" });
      buttons.appendChild(mine); buttons.appendChild(theirs); panel.appendChild(buttons);
      form.insertBefore(panel, form.firstChild); panel.focus();
      tell("Välj vilken text som ska gälla.", true);
      function go(on) { last.value = told.last; panel.remove(); panel = null; box.focus(); on(); }
      mine.addEventListener("click", function () { go(function () { known = null; dirty = true; apart = true; save(); }); });
      theirs.addEventListener("click", function () {
        go(function () { box.innerHTML = told.nyare.redigerbar; area.value = written(box); known = area.value; dirty = false; tell("Den andra texten gäller."); remarks(""); });
      });
    }

    // --- Tools ---
    function tool(text, title, act) {
      var button = el("button", { type: "button", "class": "tyst", title: title }, text);
      button.addEventListener("mousedown", function (event) { event.preventDefault(); });
      button.addEventListener("click", function () { here(); act(); });
      bar.appendChild(button);
      return button;
    }
    // Where one writes in the text, also while a dialog or a button has focus.
    var place = null;
    function here() {
      var now = window.getSelection();
      if (now.rangeCount && box.contains(now.anchorNode)) { place = now.getRangeAt(0).cloneRange(); }
    }
    document.addEventListener("selectionchange", here);
    function back(kept) {
      here();
      box.focus();
      if (kept) { place = kept; }
      if (!place || !box.contains(place.startContainer)) { atEnd(); } else { put(); }
    }
    function put() {
      var now = window.getSelection();
      now.removeAllRanges(); now.addRange(place);
    }
    // A new paragraph after a block, or after them all, as the place where one writes.
    function atEnd(block) {
      var room = block || !box.lastElementChild || !/^(P|DIV|H3)$/.test(box.lastElementChild.tagName) ? el("p") : box.lastElementChild;
      if (room !== box.lastElementChild) { room.appendChild(el("br")); box.insertBefore(room, block ? block.nextSibling : null); }
      place = document.createRange(); place.selectNodeContents(room); place.collapse(!room.textContent);
      put();
    }
    function command(name, value) { return function () { back(); document.execCommand(name, false, value); changed(); }; }
    tool("Stycke", "Vanlig text", command("formatBlock", "p"));
    tool("Rubrik", "Rubrik i avsnittet", command("formatBlock", "h3"));
    tool("Lista", "Punktlista", function () {
      back();
      // The browser leaves the caret before the words that became an item.
      var range = place.cloneRange(), within = range.endContainer.nodeType === 1 ? range.endContainer : range.endContainer.parentNode;
      range.collapse(false); range.setStart(box, 0);
      var length = within.textContent ? range.toString().length : Infinity;
      document.execCommand("insertUnorderedList", false, null);
      var walk = document.createTreeWalker(box, NodeFilter.SHOW_TEXT), node = walk.nextNode();
      while (node && length > node.length) { length -= node.length; node = walk.nextNode(); }
      if (node) { place = document.createRange(); place.setStart(node, length); place.collapse(true); put(); }
      changed();
    });
    tool("Framhäv", "Framhävda ord (Ctrl+I)", command("italic"));
    tool("Infoga siffra", "En siffra ur rapporten (Ctrl+M)", pick);
    tool("Infoga tabell", "En egen tabell", function () {
      // After the block where one writes, when that is more than a paragraph: a browser may put a list within one.
      var top = place && box.contains(place.startContainer) ? place.startContainer : null;
      while (top && top !== box && top.parentNode !== box) { top = top.parentNode; }
      if (top && top !== box && top.nodeType === 1 && (/^(TABLE|UL|OL)$/.test(top.tagName) || top.querySelector("table, ul, ol, p"))) { atEnd(top); }
      insert("<table data-ny=\"ja\"><caption>Tabellens rubrik</caption><tbody><tr><th>Rubrik</th><th>Rubrik</th></tr><tr><th>Rad</th><td>–</td></tr></tbody></table><p><br></p>");
      var made = newTable();
      if (made) { choose(made.querySelector("caption") || made.querySelector("th")); }
    });
    // The table that was put in just now.
    function newTable() {
      var made = box.querySelector("table[data-ny]");
      if (made) { delete made.dataset.ny; }
      return made;
    }
    function choose(part) { place = document.createRange(); place.selectNodeContents(part); put(); }
    // A table is made anew with a row or column more or less, so that one can undo it.
    function cellHere() {
      var node = place && box.contains(place.startContainer) && place.startContainer, found = node && (node.nodeType === 1 ? node : node.parentNode).closest("td, th");
      return found && box.contains(found) ? found : null;
    }
    function reshape(change) {
      return function () {
        var cell = cellHere();
        if (!cell) { return; }
        var table = cell.closest("table"), copy = table.cloneNode(true), rows = copy.querySelectorAll("tr");
        var at = Array.prototype.indexOf.call(table.querySelectorAll("tr"), cell.parentNode), column = Array.prototype.indexOf.call(cell.parentNode.children, cell);
        var to = change(rows, at, column);
        if (!to) { return; }
        box.focus();
        place = document.createRange(); place.selectNode(table); put();
        copy.dataset.ny = "ja";
        document.execCommand("insertHTML", false, copy.outerHTML);
        var made = newTable();
        if (made) { choose(made.querySelectorAll("tr")[to[0]].children[to[1]]); }
        changed();
      };
    }
    function empty(cell) { var made = el(cell.tagName.toLowerCase()); made.appendChild(el("br")); return made; }
    var ofTable = [
      tool("Rad under", "En rad till i tabellen", reshape(function (rows, at) {
        var made = el("tr");
        Array.prototype.forEach.call((rows[at + 1] || rows[at]).children, function (cell, column) { made.appendChild(el(column ? "td" : "th")).appendChild(el("br")); });
        rows[at].parentNode.insertBefore(made, rows[at].nextSibling);
        return [at + 1, 0];
      })),
      tool("Kolumn efter", "En kolumn till i tabellen", reshape(function (rows, at, column) {
        rows.forEach(function (row) { row.insertBefore(empty(column || row === rows[0] ? row.children[column] : el("td")), row.children[column + 1] || null); });
        return [at, column + 1];
      })),
      tool("Ta bort raden", "Raden där markören står", reshape(function (rows, at, column) {
        if (rows.length < 3 || !at) { return null; }
        rows[at].remove();
        return [at - 1, column];
      })),
      tool("Ta bort kolumnen", "Kolumnen där markören står", reshape(function (rows, at, column) {
        if (rows[0].children.length < 3 || !column) { return null; }
        rows.forEach(function (row) { if (row.children[column]) { row.children[column].remove(); } });
        return [at, column - 1];
      })),
      tool("Ta bort tabellen", "Hela tabellen", function () {
        var cell = cellHere();
        if (!cell) { return; }
        box.focus();
        place = document.createRange(); place.selectNode(cell.closest("table")); put();
        document.execCommand("delete"); changed();
      })
    ];
    function whichTools() { var within = !!cellHere(); ofTable.forEach(function (button) { button.hidden = !within; }); }
    whichTools();
    document.addEventListener("selectionchange", whichTools);
    function insert(html, kept) { back(kept); document.execCommand("insertHTML", false, html); changed(); }
    bar.addEventListener("keydown", function (event) {
      var step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
      if (!step) { return; }
      var all = Array.prototype.filter.call(bar.children, function (button) { return !button.hidden; }), at = all.indexOf(document.activeElement);
      all[(at + step + all.length) % all.length].focus();
    });
    // Tab goes from cell to cell, and out of the table after the last.
    box.addEventListener("keydown", function (event) {
      var table = event.key === "Tab" && place && box.contains(place.startContainer) && (place.startContainer.nodeType === 1 ? place.startContainer : place.startContainer.parentNode).closest("table");
      if (!table || !box.contains(table)) { return; }
      var parts = Array.prototype.slice.call(table.querySelectorAll("caption, td, th")), at = parts.findIndex(function (part) { return part.contains(place.startContainer); });
      var next = at < 0 ? null : parts[at + (event.shiftKey ? -1 : 1)];
      if (next) { event.preventDefault(); choose(next); }
    });
    box.addEventListener("keydown", function (event) {
      if (event.ctrlKey && event.key.toLowerCase() === "m") { event.preventDefault(); pick(); }
      if (event.ctrlKey && event.key.toLowerCase() === "s") { event.preventDefault(); save(); }
    });
    // When all is taken away a plain paragraph is left, whatever stood first; and one can undo that.
    var before = "", taken = null;
    box.addEventListener("beforeinput", function (event) { if (/^delete/.test(event.inputType)) { before = box.innerHTML; } });
    // A table that comes or goes by undo is left chosen as a whole: the next key would take it away.
    box.addEventListener("input", function (event) {
      var now = window.getSelection();
      if (/^history/.test(event.inputType || "") && !now.isCollapsed) { now.collapseToEnd(); here(); }
    });
    box.addEventListener("input", function (event) {
      var only = box.children.length === 1 && box.firstChild.tagName === "P";
      if (/^delete/.test(event.inputType) && !only && !written(box)) { taken = before; box.textContent = ""; atEnd(); }
      changed();
    });
    box.addEventListener("keydown", function (event) {
      if (taken === null || !(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "z" || written(box)) { return; }
      event.preventDefault();
      box.innerHTML = taken; taken = null;
      changed();
    });
    box.addEventListener("blur", function () { if (dirty && !panel) { save(); } });
    box.addEventListener("paste", function (event) {
      event.preventDefault();
      insert(window.skrivtext.brought(event.clipboardData));
    });
    // What is dropped comes in like what is pasted; what is moved within the text only moves.
    var own = false;
    box.addEventListener("dragstart", function () { own = true; });
    box.addEventListener("dragend", function () { own = false; });
    box.addEventListener("drop", function (event) {
      if (own) { return; }
      event.preventDefault();
      var at = document.caretRangeFromPoint && document.caretRangeFromPoint(event.clientX, event.clientY);
      if (at && box.contains(at.startContainer)) { place = at; }
      insert(window.skrivtext.brought(event.dataTransfer));
    });

    // --- Picking a figure ---
    function pick() {
      here();
      var kept = place && place.cloneRange();
      var dialog = el("dialog", { "class": "siffervalet", "aria-label": "Infoga siffra" }), list = el("div", { "class": "traffar" });
      var search = el("input", { type: "search", "aria-label": "Sök siffra", placeholder: "Sök, till exempel pågående kvinnor" });
      var close = el("button", { type: "button", "class": "tyst" }, "Stäng"), told = el("p", { "class": "dold", role: "status" });
      [el("h2", {}, "Infoga siffra"), search, close, told, list].forEach(function (part) { dialog.appendChild(part); });
      document.body.appendChild(dialog);
      var asked = 0, later = null, shown = null, wanted = false;
      function first() { var button = list.querySelector("[data-skrivs]"); if (button) { button.click(); } }
      function look() {
        var turn = ++asked, words = search.value;
        fetch(form.dataset.siffror + "?sok=" + encodeURIComponent(words), { headers: { "HX-Request": "true" }, redirect: "manual" })
          .then(function (answer) { if (!answer.ok) { throw new Error("fel"); } return answer.text(); })
          .then(function (html) {
            if (turn !== asked) { return; }
            list.innerHTML = html; shown = words;
            var many = list.querySelectorAll("li").length;
            told.textContent = many === 1 ? "En siffra visas" : many + " siffror visas";
            if (wanted && shown === search.value) { wanted = false; first(); }
          })
          .catch(function () { list.textContent = told.textContent = "Siffrorna kunde inte hämtas. Stäng, och försök igen när texten har sparats."; });
      }
      search.addEventListener("input", function () { wanted = false; clearTimeout(later); later = setTimeout(look, 150); });
      // Enter takes the first of what was asked for, also when the list is not there yet.
      search.addEventListener("keydown", function (event) {
        if (event.key !== "Enter") { return; }
        event.preventDefault();
        if (shown === search.value) { first(); } else { wanted = true; }
      });
      var chosen = null;
      list.addEventListener("click", function (event) {
        chosen = event.target.closest("[data-skrivs]");
        if (chosen) { dialog.close(); }
      });
      close.addEventListener("click", function () { dialog.close(); });
      dialog.addEventListener("close", function () {
        dialog.remove();
        if (!chosen) { back(kept); return; }
        // As the browser's own commands, so that it can be undone. The sign without width comes first and stands after the
        // figure: at the very end of a paragraph the browser would put the figure outside it.
        back(kept);
        var before = Array.prototype.slice.call(box.querySelectorAll(".levande"));
        document.execCommand("insertText", false, "\u200b");
        window.getSelection().modify("move", "backward", "character");
        here();
        insert(el("span", { "class": "levande", contenteditable: "false", "data-skrivs": chosen.dataset.skrivs }, chosen.dataset.visas).outerHTML);
        // The caret goes on after it.
        var signs = box.querySelectorAll(".levande"), made = Array.prototype.filter.call(signs, function (sign) { return before.indexOf(sign) < 0; })[0];
        if (made && made.nextSibling && made.nextSibling.nodeType === 3) { place = document.createRange(); place.setStart(made.nextSibling, 1); place.collapse(true); put(); }
      });
      dialog.showModal(); search.focus(); look();
    }

    // --- One click that puts a right figure in: what is written goes first ---
    function putRight(event) {
      var asked = event.target;
      if (!asked.matches || !asked.matches("form.ratta") || !document.contains(form) || !(dirty || saving || panel)) { return; }
      event.preventDefault();
      var said = asked.elements.skrivet.value, own = asked.elements.plats.value === plats;
      save(function () {
        var all = own ? Array.prototype.slice.call(document.querySelectorAll(".skriv-anm form.ratta")) : [asked];
        var same = all.filter(function (other) { return other.elements.skrivet.value === said; })[0];
        if (same) { same.requestSubmit(); }
      });
    }
    document.addEventListener("submit", putRight);

    // --- Leaving, and who else is here ---
    form.addEventListener("submit", function (event) {
      var button = event.submitter;
      if (!button || button.value === "spara") { event.preventDefault(); dirty = true; save(leave); return; }
      // Back to the generated text: what stands here is saved first, so that it is among the revisions.
      if (dirty || saving || panel) { event.preventDefault(); save(function () { form.requestSubmit(button); }); }
    });
    function leave() { window.location.assign(form.querySelector(".stang").href.replace("#", "?sparat=" + Date.now() + "#")); }
    form.querySelector(".stang").addEventListener("click", function (event) {
      event.preventDefault();
      if (dirty || saving || panel) { save(leave); } else { leave(); }
    });
    window.addEventListener("beforeunload", function (event) { if (dirty) { event.preventDefault(); } });
    box.focus();
    form.dispatchEvent(new CustomEvent("skrivs", { bubbles: true, detail: plats }));
    if (article) { article.dataset.har = plats; }
  }

  // --- Several people see who is where ---
  function presence(article) {
    function ask() {
      var form = document.querySelector("form.skrivruta");
      var plats = form ? form.dataset.plats : "";
      fetch(article.dataset.narvaro + "?plats=" + encodeURIComponent(plats), { headers: { Accept: "application/json" }, redirect: "manual" })
        .then(function (answer) { return answer.ok ? answer.json() : null; })
        .then(function (told) {
          if (!told) { return; }
          var names = {};
          told.andra.forEach(function (pair) {
            var id = "plats-" + pair[0].replace(/\//g, "-");
            names[id] = (names[id] ? names[id] + ", " : "") + pair[1];
          });
          // Only what is new is told: whoever listens would else hear it every time.
          document.querySelectorAll(".ar-har").forEach(function (old) { if (!names[old.parentNode.id]) { old.remove(); } });
          Object.keys(names).forEach(function (id) {
            var place = document.getElementById(id), text = names[id] + " skriver här.";
            if (!place) { return; }
            var sign = place.querySelector(".ar-har");
            if (!sign) { sign = place.appendChild(el("p", { "class": "ar-har", role: "status" })); }
            if (sign.textContent !== text) { sign.textContent = text; }
          });
        }).catch(function () { /* asked again soon */ });
    }
    ask();
    setInterval(ask, 5000);
    document.addEventListener("skrivs", ask);
  }

  document.querySelectorAll("form.skrivruta").forEach(start);
  document.addEventListener("htmx:afterSwap", function (event) { event.target.querySelectorAll("form.skrivruta").forEach(start); });
  document.querySelectorAll("[data-narvaro]").forEach(presence);
}());
