// What every page does: times, popovers on marks, dialogs, small keyboard paths. No page needs it to be read.
import "./times.js";
import "./why.js";
import "./keys.js";
import "./forms.js";
import "./line.js";

document.querySelector(".top nav [aria-current]")?.scrollIntoView({ inline: "center", block: "nearest" });
