/*
 * page.js: what the HTML page does beyond being read; the build puts it into
 * page.c. Without it everything is there, only in the order of the report.
 * ASCII only, no library, no network.
 */
"use strict";

/* ---- sorting ----
 *
 * By what the cell says exactly (data-value), not by its rounded text; what is
 * undefined stays last in both directions; equal rows keep the order of the
 * report, and so does everything after the third click. */

const collator = new Intl.Collator("en", { numeric: true });
const states = { none: "ascending", ascending: "descending" };

function valueOf(cell, isFigure) {
	const text = cell.dataset.value ?? cell.textContent;

	if (cell.classList.contains("none"))
		return null;
	return isFigure ? Number(text) : text;
}

function compare(a, b, isFigure, sign) {
	if (a === null || b === null)
		return (a === null) - (b === null);
	return sign * (isFigure ? a - b : collator.compare(a, b));
}

function sort(table, original, head) {
	const body = table.tBodies[0];
	const state = states[head.getAttribute("aria-sort") ?? "none"];
	const isFigure = head.classList.contains("figure");
	const sign = state === "descending" ? -1 : 1;

	for (const other of table.tHead.rows[0].cells)
		other.removeAttribute("aria-sort");
	if (state === undefined)
		return body.append(...original);
	head.setAttribute("aria-sort", state);
	body.append(...original
		.map(row => [valueOf(row.cells[head.cellIndex], isFigure), row])
		.sort((a, b) => compare(a[0], b[0], isFigure, sign))
		.map(pair => pair[1]));
}

/* A head is a link to its definition; here it becomes a button that sorts and
 * is described by it. */
function makeButton(table, original, head) {
	const link = head.querySelector("a");
	const button = document.createElement("button");

	button.type = "button";
	button.append(...link.childNodes);
	button.setAttribute("aria-describedby", definitionOf(head).id);
	button.addEventListener("click", () => sort(table, original, head));
	link.replaceWith(button);
}

function makeSortable(table) {
	const original = [...table.tBodies[0].rows];

	for (const head of table.tHead.rows[0].cells)
		makeButton(table, original, head);
}

/* ---- the definition of a number ----
 *
 * On hover, on focus of its head and on tap, in one box for all. Escape, a tap
 * elsewhere and scrolling put it away. */

const tip = document.createElement("div");
const WAIT = { head: 150, cell: 450, leave: 200 }; /* milliseconds */
let timer, shown = null, over = null;

function headOf(cell) {
	return cell.closest("table").tHead.rows[0].cells[cell.cellIndex];
}

function definitionOf(head) {
	return document.getElementById(head.dataset.definition);
}

/* The cell of a table with a definition that an event is about, or null. */
function cellOf(event) {
	const cell = event.target.closest?.("th, td");

	return cell && headOf(cell)?.dataset.definition ? cell : null;
}

function hide() {
	clearTimeout(timer);
	tip.hidden = true;
	shown = null;
}

function addLine(tag, text) {
	const line = document.createElement(tag);

	line.textContent = text;
	tip.append(line);
}

/* Grouping alone is no rounding. */
function isRounded(cell) {
	const exact = cell.dataset.value ?? cell.textContent;

	return exact !== cell.textContent.replaceAll(",", "");
}

function show(cell) {
	const head = headOf(cell);
	const box = cell.getBoundingClientRect();
	const room = document.documentElement.clientWidth;
	let top;

	clearTimeout(timer);
	tip.replaceChildren();
	addLine("b", head.textContent);
	addLine("span", definitionOf(head).textContent);
	if (isRounded(cell))
		addLine("span", "Exactly " + cell.dataset.value);
	tip.hidden = false;
	shown = cell;
	top = box.top - tip.offsetHeight - 6;
	if (top < 4)
		top = box.bottom + 6;
	tip.style.top = top + "px";
	tip.style.left = Math.max(8, Math.min(box.left,
		room - tip.offsetWidth - 8)) + "px";
}

function showSoon(cell) {
	clearTimeout(timer);
	timer = setTimeout(show, cell.closest("thead") ? WAIT.head : WAIT.cell,
		cell);
}

function hideSoon() {
	clearTimeout(timer);
	timer = setTimeout(hide, WAIT.leave);
}

/* The pointer may go into the box, to copy what stands there. What Escape put
 * away stays away until the pointer is elsewhere; what scrolling did, until it
 * moves. */
function onMove(event) {
	const place = tip.contains(event.target) ? tip : cellOf(event);

	if (event.pointerType !== "mouse" || place === over)
		return;
	over = place;
	clearTimeout(timer);
	if (place === null)
		hideSoon();
	else if (place !== tip && place !== shown)
		showSoon(place);
}

function onScroll() {
	hide();
	over = null;
}

function onTap(event) {
	const cell = cellOf(event);

	if (tip.contains(event.target))
		return;
	if (cell && cell !== shown)
		show(cell);
	else
		hide();
}

function onFocus(event) {
	const cell = cellOf(event);

	if (cell && event.target.matches(":focus-visible"))
		show(cell);
	else
		hide();
}

tip.id = "tip";
tip.hidden = true;
tip.setAttribute("aria-hidden", "true"); /* readers have aria-describedby */
document.body.append(tip);
document.addEventListener("pointermove", onMove);
document.addEventListener("click", onTap);
document.addEventListener("focusin", onFocus);
document.addEventListener("scroll", onScroll,
	{ capture: true, passive: true });
document.addEventListener("keydown", event => {
	if (event.key === "Escape")
		hide();
});
for (const table of document.querySelectorAll("table"))
	makeSortable(table);

/* ---- paper ----
 *
 * Definitions that are folded away are printed all the same, and a table that
 * is wider than the paper is made smaller: no column may be cut off. */

const PAPER = 680; /* CSS pixels between the margins of A4, with some to spare */
const SMALLER = 0.76; /* what page.css prints tables at, of the screen's size */

addEventListener("beforeprint", () => {
	for (const details of document.querySelectorAll("details:not([open])")) {
		details.open = true;
		details.dataset.folded = "";
	}
	for (const table of document.querySelectorAll("table"))
		table.style.zoom =
			Math.min(1, PAPER / (SMALLER * table.offsetWidth));
});
addEventListener("afterprint", () => {
	for (const details of document.querySelectorAll("[data-folded]")) {
		details.open = false;
		delete details.dataset.folded;
	}
	for (const table of document.querySelectorAll("table"))
		table.style.zoom = "";
});
