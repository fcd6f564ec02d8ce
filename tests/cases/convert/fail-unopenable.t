# Names that the system cannot open, for root neither: 4, with its reason.
echo id,stage,created >log.csv
ln -s loop.csv loop.csv
long=$(printf '%0300d' 0)
for name in log.csv/inside loop.csv "$long" ''; do
	funnel-convert --stages Open,won:Won "$name" 2>err
	echo $?
	sed 's/0000*/(long)/' err >&2
done
