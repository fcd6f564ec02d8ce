# What a list of today has no use for.
echo 'id,stage,created
a,Proposal,2026-02-01' >deals.csv
stalled()
{
	funnel-velocity --report stalled --stages Proposal,won:Won "$@" \
		deals.csv
	echo $?
}
stalled --period month
stalled --from 2026-01-01
stalled --stall-q 1
stalled --stall-q much
stalled --trailing 0d
stalled --draws 5
stalled -m nonsense
