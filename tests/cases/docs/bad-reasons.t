# EXIT STATUS of the page names the reasons that --strict and --max-bad count,
# as the table of the library has them. Silence when they agree.
tr -s ' \t\n' ' ' <"$ROOT/libfunnel/ledger.c" |
	grep -oE '\[LEDGER_[A-Z_]*\] = \{ "[a-z_]*",[^[]*(true|false), true \}' |
	sed 's/[^"]*"\([a-z_]*\)".*/\1/' | sort >library
awk '
/^\.Sh / { inside = /EXIT STATUS/ }
inside && /^Bad are/ { list = 1 }
list && /^\.Cm / {
	for (i = 2; i <= NF; i++)
		if ($i ~ /^[a-z_]+$/)
			print $i
}
/^\.Sh / { list = 0 }' "$ROOT/man/funnel-convert.1" | sort >page
[ -s library ] || echo 'no reason found in the library'
diff library page
