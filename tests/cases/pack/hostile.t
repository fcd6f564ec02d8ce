# Names are strangers': quotes, back-ticks, $, markup, text from right to left,
# 200 characters, line breaks. In the summary they are plain text of one line, in
# the notes the command is one that a shell reads as written; nothing runs.
long=$(printf '%0200d' 0)
cat >agreed.yaml <<'END'
version: "1 <script>alert(1)</script>"
company: "`touch pwned` $(touch pwned) *Example* [x](http://example.org)\n# Head"
stages: [{ name: Open }, { name: "Won $(touch pwned) `x`", outcome: won }]
END
{
	echo "id,stage,created,close_date,amount,\"so'urce \$(touch pwned) \`x\`\""
	n=0
	while [ $n -lt 40 ]; do
		n=$((n + 1))
		case $((n % 6)) in
		0) name='<script>document.title = 1</script>' ;;
		1) name="O'Brien & \`touch pwned\` \$(touch pwned) \"\"Sons\"\"" ;;
		2) name='שלום <b>' ;;
		3) name=$long ;;
		4) name='a
# b' ;;
		5) name='*x* _y_ | [z](http://example.org)' ;;
		esac
		printf '%d,Open,2026-01-%02d,,100,"%s"\n' $n $((n % 28 + 1)) "$name"
	done
} >"it's \$(touch pwned).csv"
funnel-pack -q --monthly --as-of 2026-03-01 --review 2026-01-10 \
	-d agreed.yaml --by "so'urce \$(touch pwned) \`x\`" -o review \
	"it's \$(touch pwned).csv" || exit
head -n 3 review/summary.md
if command -v xmllint >/dev/null; then
	xmllint --noout review/index.html 2>&1 | head -n 3
fi
grep -c '<script>document' review/index.html
jq -r '.notes.command[]' review/manifest.json |
	sed -n "s/^bridge-by: //p" >line
echo "$(cat line) -q -f csv" >run
sh ./run | diff - review/tables/bridge-by.csv && echo 'the command runs'
find . -name pwned
