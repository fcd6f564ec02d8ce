# The map in HACKING.md names every module, and none that is gone. Silence when
# it does.
for header in "$ROOT"/libfunnel/*.h; do
	module=${header##*/}
	module=${module%.h}
	case $module in funnel) continue ;; render_*) module='render_\*' ;; esac
	grep -q "^|.*| .*\`$module\`.*|" "$ROOT/HACKING.md" ||
		echo "HACKING.md does not name $module"
done
sed -n '/^| | module/,/^$/p' "$ROOT/HACKING.md" | cut -d'|' -f3 |
	grep -o '`[a-z_]*`' | tr -d '`' |
	while read -r module; do
		[ -f "$ROOT/libfunnel/$module.c" ] || [ -f "$ROOT/libfunnel/$module.h" ] ||
			echo "there is no libfunnel/$module.c"
	done
