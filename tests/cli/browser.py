"""The page in a real browser without a head, with scripts and without: it lays out, its figures have
marks, its tables sort. Skipped where no Chromium is."""
import json
import os
import re
import shutil
import subprocess
import sys

from harness import check, equal, finish, ok, scratch

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
browser = next((found for found in map(shutil.which, NAMES) if found), None)
if not browser:
    print("skipped: no Chromium")
    sys.exit(77)

PROBE = """<script>
addEventListener('load', function () {
  var found = {width: document.documentElement.scrollWidth, view: innerWidth, figures: [], errors: 0};
  document.querySelectorAll('svg').forEach(function (svg) {
    var box = svg.getBoundingClientRect(), outside = 0;
    svg.querySelectorAll('circle,rect,text').forEach(function (mark) {
      var m = mark.getBoundingClientRect();
      if (m.left < box.left - 1 || m.right > box.right + 1 || m.top < box.top - 1 ||
          m.bottom > box.bottom + 1) outside++;
    });
    found.figures.push({id: svg.parentNode.id, width: box.width, height: box.height,
                        marks: svg.querySelectorAll('circle,rect,path').length, outside: outside});
  });
  var table = document.getElementById('operations'), head = table.tHead.rows[0].cells[2];
  function calls() {
    return Array.from(table.tBodies[0].rows).map(function (r) { return +r.cells[2].dataset.value; });
  }
  head.click(); found.down = calls();
  head.click(); found.up = calls();
  var out = document.createElement('pre');
  out.id = 'probe';
  out.textContent = JSON.stringify(found);
  document.body.appendChild(out);
});
</script>"""


def dump(path, *words):
    done = subprocess.run([browser, "--headless", "--no-sandbox", "--disable-gpu",
                           "--user-data-dir=" + path + ".profile", "--window-size=1280,1000", *words,
                           "file://" + path], capture_output=True, text=True, timeout=240)
    equal(done.returncode, 0, f"the browser's status ({done.stderr[-300:]})")
    return done.stdout


def with_scripts(folder, page):
    path = os.path.join(folder, "probed.html")
    with open(path, "w", encoding="utf-8") as file:
        file.write(page.replace("</body>", PROBE + "</body>"))
    found = json.loads(re.search(r'<pre id="probe">(.*?)</pre>', dump(path, "--dump-dom"), re.S)[1])
    equal([f["id"] for f in found["figures"]], ["roofline", "shares", "budget", "sweep"], "figures")
    for figure in found["figures"]:
        check(figure["width"] > 200 and figure["height"] > 60, f"size of {figure}")
        check(figure["marks"] > 3 and figure["outside"] == 0, f"marks of {figure}")
    check(found["width"] <= found["view"], f"the page is wider than its window: {found}")
    equal(found["down"], sorted(found["down"], reverse=True), "sorted down")
    equal(found["up"], sorted(found["up"]), "sorted up")


def prints(folder, page):
    path = os.path.join(folder, "plain.html")
    target = os.path.join(folder, "page.pdf")
    with open(path, "w", encoding="utf-8") as file:
        file.write(re.sub(r"<script>.*?</script>", "", page, flags=re.S))
    dump(path, "--print-to-pdf=" + target)
    check(os.path.getsize(target) > 10000, "the printed page")


with scratch() as folder_:
    page_path = os.path.join(folder_, "run.html")
    ok("profile", "--device", "cpu", "--layers", "64,32,10", "--batch", "16", "--size-multipliers",
       "1,4,16", "--epochs", "5", "--repeats", "1", "--report", page_path,
       env={"XDG_CACHE_HOME": folder_})
    with open(page_path, encoding="utf-8") as file_:
        page_ = file_.read()
    with_scripts(folder_, page_)
    prints(folder_, page_)
finish()
