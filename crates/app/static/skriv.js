// The editor of a report's texts. The form works without it; with it the text is edited as it reads, live figures are
// picked from a list, and it is saved as one writes.
(function () {
  "use strict";
  var BLOCKS = { P: 1, DIV: 1, H1: 1, H2: 1, H3: 1, H4: 1, H5: 1, H6: 1, UL: 1, OL: 1, LI: 1, TABLE: 1, SECTION: 1, ARTICLE: 1, BLOCKQUOTE: 1, PRE: 1, TBODY: 1, THEAD: 1, TR: 1, TD: 1, TH: 1 };
  function el(name, attributes, text) {
    var made = document.createElement(name);
    Object.keys(attributes || {}).forEach(function (key) { made.setAttribute(key, attributes[key]); });
    if (text) { made.textContent = text; }
    return made;
  }
  function escaped(text) { return text.replace(/[\\*{}|]/g, "\\$&"); }
  function line(text) { return text.replace(/\u200b/g, "").replace(/[ \n\t]+/g, " ").trim(); }

  // --- From what is shown to what is written ---
  function pieces(node) {
    var out = "";
    node.childNodes.forEach(function (child) {
      if (child.nodeType === 3) { out += escaped(child.data); return; }
      if (child.nodeType !== 1) { return; }
      if (child.dataset && child.dataset.skrivs) { out += child.dataset.skrivs; return; }
      if (child.tagName === "BR") { out += "\n"; return; }
      var inner = pieces(child);
      if (/^(EM|I|B|STRONG)$/.test(child.tagName) && inner.trim()) {
        out += inner.match(/^\s*/)[0] + "*" + inner.trim() + "*" + inner.match(/\s*$/)[0];
      } else { out += inner; }
    });
    return out;
  }
  function guarded(text) {
    if (/^Tabell:/.test(text)) { return text.replace(":", "\\:"); }
    return (/^[#\-•]/.test(text) ? "\\" : "") + text;
  }
  function written(root) {
    var out = [];
    function paragraphs(text) {
      text.split(/\n+/).forEach(function (part) { if (line(part)) { out.push(guarded(line(part))); } });
    }
    (function walk(node) {
      var loose = el("span");
      function flush() { paragraphs(pieces(loose)); loose = el("span"); }
      Array.prototype.slice.call(node.childNodes).forEach(function (child) {
        if (child.nodeType !== 1 || !BLOCKS[child.tagName]) { loose.appendChild(child.cloneNode(true)); return; }
        flush();
        if (/^H[1-6]$/.test(child.tagName)) {
          var heading = line(pieces(child));
          if (heading) { out.push("## " + heading); }
        } else if (/^(UL|OL)$/.test(child.tagName)) {
          var items = [];
          child.querySelectorAll("li").forEach(function (item) { var said = line(pieces(item)); if (said) { items.push("- " + said); } });
          if (items.length) { out.push(items.join("\n")); }
        } else if (child.tagName === "TABLE") {
          var rows = child.dataset.rubrik ? ["Tabell: " + escaped(child.dataset.rubrik)] : [];
          child.querySelectorAll("tr").forEach(function (row) {
            var cells = Array.prototype.map.call(row.children, function (cell) { return line(pieces(cell)); });
            rows.push("| " + cells.join(" | ") + " |");
          });
          out.push(rows.join("\n"));
        } else { walk(child); }
      });
      flush();
    }(root));
    return out.join("\n\n");
  }

  // --- What is pasted keeps its paragraphs, headings, lists, tables and emphasis, and nothing else ---
  function cleaned(node, into) {
    node.childNodes.forEach(function (child) {
      if (child.nodeType === 3) { into.appendChild(document.createTextNode(child.data.replace(/[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]/g, "").replace(/[\r\n\t]+/g, " "))); return; }
      if (child.nodeType !== 1 || /^(SCRIPT|STYLE|TEMPLATE|HEAD|TITLE|META|LINK|IMG|SVG|OBJECT|IFRAME)$/i.test(child.tagName)) { return; }
      var name = child.tagName.toUpperCase(), kept;
      if (child.classList.contains("levande") && child.dataset.skrivs && /^\{[^{}<>]*\}$/.test(child.dataset.skrivs)) {
        kept = el("span", { "class": "levande", contenteditable: "false", "data-skrivs": child.dataset.skrivs }, child.textContent);
        into.appendChild(kept); return;
      }
      if (/^H[1-6]$/.test(name)) { kept = el("h3"); }
      else if (/^(P|UL|OL|LI|TABLE|TBODY|THEAD|TR|TD|TH)$/.test(name)) { kept = el(name === "OL" ? "ul" : name === "THEAD" ? "tbody" : name.toLowerCase()); }
      else if (/^(EM|I|B|STRONG)$/.test(name) && child.style.fontWeight !== "normal") { kept = el("em"); }
      else if (name === "BR") { into.appendChild(el("br")); return; }
      else if (BLOCKS[name]) { kept = el("p"); }
      if (kept) { cleaned(child, kept); into.appendChild(kept); } else { cleaned(child, into); }
    });
    return into;
  }
  function fromPlain(text, into) {
    text.replace(/\r\n?/g, "\n").split(/\n[ \t]*\n/).forEach(function (part) {
      if (line(part)) { into.appendChild(el("p", {}, line(part))); }
    });
    return into;
  }

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
    area.hidden = true; area.setAttribute("aria-hidden", "true");
    help.textContent = "Sparas medan du skriver. Siffror som är understrukna är levande: de följer tabellerna.";
    area.parentNode.insertBefore(bar, area); area.parentNode.insertBefore(box, area);
    document.execCommand("defaultParagraphSeparator", false, "p");

    var known = area.value, saving = false, waiting = null, stopped = false, dirty = false;
    function changed() {
      if (stopped) { return; }
      area.value = written(box);
      dirty = area.value !== known;
      if (!dirty) { return; }
      status.textContent = "Inte sparat än …";
      clearTimeout(waiting); waiting = setTimeout(save, 600);
    }
    function tell(text, bad) { status.textContent = text; status.classList.toggle("fel", !!bad); }
    function save(then) {
      clearTimeout(waiting);
      if (saving) { waiting = setTimeout(save, 300); return; }
      if (!dirty) { if (typeof then === "function") { then(); } return; }
      saving = true;
      var sent = area.value, fields = new URLSearchParams();
      fields.set("plats", plats); fields.set("last", last.value); fields.set("text", sent);
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
          last.value = told.last; known = sent; dirty = area.value !== known;
          tell("Sparat " + told.nar.slice(11, 16) + ".");
          remarks(told.anmarkningar);
          if (dirty) { waiting = setTimeout(save, 600); }
          if (typeof then === "function") { then(); }
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
      stopped = true;
      var panel = el("div", { "class": "felruta krock", role: "alert", tabindex: "-1" });
      panel.appendChild(el("h2", {}, told.nyare.vem + " har sparat en annan text här"));
      panel.appendChild(el("p", {}, "Sparad " + told.nyare.nar + ". Din text är inte sparad, men står kvar nedan. Välj vilken som ska gälla. Den andra finns kvar i historiken, om den har sparats."));
      panel.appendChild(el("h3", {}, "Texten som nu står sparad"));
      var other = el("div", { "class": "annans" });
      other.innerHTML = told.nyare.redigerbar;
      panel.appendChild(other);
      var mine = el("button", { type: "button", "class": "knapp" }, "Behåll min text"), theirs = el("button", { type: "button", "class": "knapp tyst" }, "Ta den andra texten");
      var buttons = el("p", { "class": "knappar" });
      buttons.appendChild(mine); buttons.appendChild(theirs); panel.appendChild(buttons);
      form.insertBefore(panel, form.firstChild); panel.focus();
      function go(on) { last.value = told.last; stopped = false; panel.remove(); box.focus(); on(); }
      mine.addEventListener("click", function () { go(function () { known = null; dirty = true; save(); }); });
      theirs.addEventListener("click", function () {
        go(function () { box.innerHTML = told.nyare.redigerbar; area.value = written(box); known = area.value; dirty = false; tell("Den andra texten gäller."); });
      });
    }

    // --- Tools ---
    function tool(text, title, act) {
      var button = el("button", { type: "button", "class": "tyst", title: title }, text);
      button.addEventListener("mousedown", function (event) { event.preventDefault(); });
      button.addEventListener("click", function () { act(); });
      bar.appendChild(button);
    }
    function command(name, value) { return function () { box.focus(); document.execCommand(name, false, value); changed(); }; }
    tool("Stycke", "Vanlig text", command("formatBlock", "p"));
    tool("Rubrik", "Rubrik i avsnittet", command("formatBlock", "h3"));
    tool("Lista", "Punktlista", command("insertUnorderedList"));
    tool("Framhäv", "Framhävda ord (Ctrl+I)", command("italic"));
    tool("Infoga siffra", "En siffra ur rapporten (Ctrl+M)", pick);
    tool("Infoga tabell", "En egen tabell", function () {
      insert("<table><tbody><tr><th>Rubrik</th><th>Rubrik</th></tr><tr><th>Rad</th><td>–</td></tr></tbody></table><p><br></p>");
    });
    function insert(html) { box.focus(); document.execCommand("insertHTML", false, html); changed(); }
    bar.addEventListener("keydown", function (event) {
      var step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
      if (!step) { return; }
      var all = Array.prototype.slice.call(bar.children), at = all.indexOf(document.activeElement);
      all[(at + step + all.length) % all.length].focus();
    });
    box.addEventListener("keydown", function (event) {
      if (event.ctrlKey && event.key.toLowerCase() === "m") { event.preventDefault(); pick(); }
      if (event.ctrlKey && event.key.toLowerCase() === "s") { event.preventDefault(); save(); }
    });
    box.addEventListener("input", changed);
    box.addEventListener("blur", function () { if (dirty && !stopped) { save(); } });
    box.addEventListener("paste", function (event) {
      event.preventDefault();
      var html = event.clipboardData.getData("text/html"), plain = event.clipboardData.getData("text/plain"), holder = el("div");
      if (html) { cleaned(new DOMParser().parseFromString(html, "text/html").body, holder); } else { fromPlain(plain, holder); }
      var one = holder.children.length === 1 && holder.firstElementChild.tagName === "P" && holder.childNodes.length === 1;
      insert(one ? holder.firstElementChild.innerHTML : holder.innerHTML);
    });

    // --- Picking a figure ---
    function pick() {
      var chosen = window.getSelection(), range = chosen.rangeCount && box.contains(chosen.anchorNode) ? chosen.getRangeAt(0).cloneRange() : null;
      var dialog = el("dialog", { "class": "siffervalet", "aria-label": "Infoga siffra" }), list = el("div", { "class": "traffar" });
      var search = el("input", { type: "search", "aria-label": "Sök siffra", placeholder: "Sök, till exempel pågående kvinnor" });
      var close = el("button", { type: "button", "class": "tyst" }, "Stäng");
      dialog.appendChild(el("h2", {}, "Infoga siffra")); dialog.appendChild(search); dialog.appendChild(close); dialog.appendChild(list);
      document.body.appendChild(dialog);
      var asked = 0, later = null;
      function look() {
        var turn = ++asked;
        fetch(form.dataset.siffror + "?sok=" + encodeURIComponent(search.value), { headers: { "HX-Request": "true" } })
          .then(function (answer) { return answer.text(); })
          .then(function (html) { if (turn === asked) { list.innerHTML = html; } });
      }
      search.addEventListener("input", function () { clearTimeout(later); later = setTimeout(look, 150); });
      search.addEventListener("keydown", function (event) {
        if (event.key === "Enter") { event.preventDefault(); var first = list.querySelector("[data-skrivs]"); if (first) { first.click(); } }
      });
      list.addEventListener("click", function (event) {
        var button = event.target.closest("[data-skrivs]");
        if (!button) { return; }
        dialog.close();
        box.focus();
        var at = window.getSelection();
        var sign = el("span", { "class": "levande", contenteditable: "false", "data-skrivs": button.dataset.skrivs }, button.dataset.visas);
        if (!range) { range = document.createRange(); range.selectNodeContents(box.lastElementChild || box); range.collapse(false); }
        var after = document.createTextNode("\u200b");
        range.deleteContents(); range.insertNode(after); range.insertNode(sign);
        at.removeAllRanges(); range.setStartAfter(after); range.collapse(true); at.addRange(range);
        changed();
      });
      close.addEventListener("click", function () { dialog.close(); });
      dialog.addEventListener("close", function () { dialog.remove(); box.focus(); });
      dialog.showModal(); search.focus(); look();
    }

    // --- Leaving, and who else is here ---
    form.addEventListener("submit", function (event) {
      if (event.submitter && event.submitter.value === "spara" && !stopped) { event.preventDefault(); dirty = true; save(leave); }
    });
    function leave() { window.location.assign(form.querySelector(".stang").href.replace("#", "?sparat=" + Date.now() + "#")); }
    form.querySelector(".stang").addEventListener("click", function (event) {
      event.preventDefault();
      if (dirty && !stopped) { save(leave); } else { leave(); }
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
          document.querySelectorAll(".ar-har").forEach(function (old) { old.remove(); });
          told.andra.forEach(function (pair) {
            var place = document.getElementById("plats-" + pair[0].replace(/\//g, "-"));
            if (place) { place.appendChild(el("p", { "class": "ar-har", role: "status" }, pair[1] + " skriver här.")); }
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
