# The checks of tests/lint that read C: layers, bans, width.
# awk -f tests/lint.awk layers.txt bans.txt FILE.[ch]...

FNR == 1 {
	file++
	comment = 0
	module = FILENAME
	sub(/.*\//, "", module)
	sub(/\.[ch]$/, "", module)
	if (FILENAME ~ /^cmd\//)
		module = "cmd"
	if (FILENAME ~ /^tests\//)
		module = ""
}

function complain(text) {
	print FILENAME ":" FNR ": " text
	found = 1
}

# The line of the table that speaks for a module: its own, else the longest
# beginning that fits.
function entry(table, name,   i) {
	for (i = length(name) + 1; i >= 1; i--) {
		if (i > length(name) && (table SUBSEP name) in lines)
			return table SUBSEP name
		if ((table SUBSEP substr(name, 1, i) "*") in lines)
			return table SUBSEP substr(name, 1, i) "*"
	}
	return ""
}

function has(list, word) {
	return index(" " list " ", " " word " ") > 0
}

file <= 2 && (/^#/ || /^[ \t]*$/) {
	next
}

file == 1 {
	colon = index($0, ":")
	name = substr($0, 1, colon - 1)
	table = sub(/ never$/, "", name) ? "never" : "may"
	lines[table, name] = substr($0, colon + 1)
	next
}

file == 2 {
	split($0, part, / *\| */)
	n = split(part[2], names, " ")
	for (i = 1; i <= n; i++) {
		if (part[1] == "include")
			owned[names[i]] = part[3] "|" part[4]
		else
			banned[part[1], names[i]] = part[3] "|" part[4]
	}
	next
}

# May this file do what the paths of the rule allow?
function allowed(rule,   paths, n, i, path) {
	sub(/\|.*/, "", rule)
	n = split(rule, paths, " ")
	for (i = 1; i <= n; i++) {
		path = paths[i]
		if (path == FILENAME)
			return 1
		if (path ~ /[*\/]$/ && sub(/\*?$/, "", path) &&
		    index(FILENAME, path) == 1)
			return 1
	}
	return 0
}

function why(rule) {
	sub(/[^|]*\|/, "", rule)
	return rule
}

function exists(path,   status, line) {
	status = (getline line <path)
	close(path)
	return status >= 0
}

# Remembers who includes what: seen[] by module, and onward[] by header,
# which is how a header reaches those that do not name it.
function check_layer(header,   line) {
	if (module == "" || (module == "cmd" && exists("cmd/" header)))
		return
	sub(/\.h$/, "", header)
	seen[module, header] = 1
	if (FILENAME ~ /^libfunnel\/.*h$/)
		onward[module, header] = 1
	line = entry("may", module)
	if (line == "")
		complain("module '" module "' has no line in tests/layers.txt")
	else if (header != module && !has(lines[line], header) &&
	    !has(lines[line], "*"))
		complain("'" module "' may not include '" header \
			".h' (tests/layers.txt)")
}

/^[ \t]*#[ \t]*include[ \t]*"/ {
	split($0, part, "\"")
	check_layer(part[2])
}

/^[ \t]*#[ \t]*include[ \t]*</ {
	header = $0
	sub(/[^<]*</, "", header)
	sub(/>.*/, "", header)
	for (name in owned)
		if (index(header, name) == 1 && !allowed(owned[name]))
			complain("<" header "> is not for this file: " \
				why(owned[name]))
}

# Columns that a terminal needs: tabs to 8, a UTF-8 character is one. A string
# at the margin is text that must look as it will be printed.
!/^".*"[,;)]*$/ {
	width = 0
	rest = $0
	gsub(/[\200-\277]/, "", rest)
	while ((tab = index(rest, "\t")) > 0) {
		width += tab - 1
		width += 8 - width % 8
		rest = substr(rest, tab + 1)
	}
	width += length(rest)
	if (width > 80)
		complain(width " columns, at most 80")
}

# The line without comments and strings.
function code(line,   out, c, two, quote) {
	out = ""
	quote = ""
	while (line != "") {
		c = substr(line, 1, 1)
		two = substr(line, 1, 2)
		if (comment) {
			comment = two != "*/"
			line = substr(line, comment ? 2 : 3)
		} else if (quote != "") {
			line = substr(line, c == "\\" ? 3 : 2)
			if (c == quote)
				quote = ""
		} else if (two == "//") {
			return out
		} else if (two == "/*") {
			comment = 1
			line = substr(line, 3)
		} else {
			if (c == "\"" || c == "'")
				quote = c
			out = out (quote == "" ? c : " ")
			line = substr(line, 2)
		}
	}
	return out
}

{
	rest = code($0)
	before = ""
	while (match(rest, /[A-Za-z_][A-Za-z0-9_]*/)) {
		before = before substr(rest, 1, RSTART - 1)
		name = substr(rest, RSTART, RLENGTH)
		rest = substr(rest, RSTART + RLENGTH)
		rule = ""
		if (("word", name) in banned)
			rule = banned["word", name]
		else if (("call", name) in banned && rest ~ /^[ \t]*\(/ &&
		    before !~ /(\.|->)[ \t]*$/)
			rule = banned["call", name]
		if (rule != "" && !allowed(rule))
			complain("'" name "' is not for this file: " \
				why(rule))
		before = before name
	}
}

# Complains about headers that reach a module, directly or through another.
function reach(name, header, list, route,   pair, part) {
	if ((name, header) in reached)
		return
	reached[name, header] = 1
	if (has(list, header)) {
		print "'" header ".h' reaches '" name "'" route \
			" (tests/layers.txt)"
		found = 1
	}
	for (pair in onward) {
		split(pair, part, SUBSEP)
		if (part[1] == header)
			reach(name, part[2], list, " through '" header ".h'")
	}
}

END {
	for (pair in seen) {
		split(pair, part, SUBSEP)
		line = entry("never", part[1])
		if (line != "")
			reach(part[1], part[2], lines[line], "")
	}
	exit found
}
