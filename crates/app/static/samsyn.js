// What gets better with a script. Every page works without.
(function () {
  "use strict";
  // The first error of a form is where one wants to be.
  var wrong = document.querySelector(".felruta[tabindex]");
  if (wrong) { wrong.focus(); }
  // Files may be dropped anywhere on the form that asks for them.
  document.querySelectorAll(".slapp").forEach(function (form) {
    var field = form.querySelector("input[type=file]");
    ["dragenter", "dragover"].forEach(function (name) {
      form.addEventListener(name, function (event) { event.preventDefault(); form.classList.add("over"); });
    });
    ["dragleave", "drop"].forEach(function (name) {
      form.addEventListener(name, function (event) { event.preventDefault(); form.classList.remove("over"); });
    });
    form.addEventListener("drop", function (event) {
      if (event.dataTransfer.files.length) { field.files = event.dataTransfer.files; }
    });
    form.addEventListener("submit", function () {
      var button = form.querySelector("button");
      button.disabled = true;
      button.textContent = "Läser filerna …";
    });
  });
}());
