# Two lists of target accounts (metrics.md 3.3.8, product.md A09). Expected by
# hand, in the comments.
overlap()
{
	funnel-attribution -q -f csv --report overlap --lists "$@"
	echo "exit $?"
}
cat >a.csv <<'END'
Owner,Account
Tara,Acme Ltd
Tara, acme ltd
Udit,https://www.Beta.example/
Udit,Gamma
Udit,Delta
Udit,
END
cat >b.csv <<'END'
Target,Tier
beta.example,1
GAMMA,2
Zeta,3
END
# A: Acme (twice), Beta, Gamma, Delta, 4; B: Beta, Gamma, Zeta, 3; both 2 of 5,
# Jaccard 0.4, 2/4 of A, 2/3 of B.
columns=account,in,key,size_a,size_b,both,jaccard,coverage_a,coverage_b
overlap a.csv,b.csv -m $columns
overlap b.csv --lists a.csv -m account,in
funnel-attribution -q -f md --report overlap --lists a.csv,b.csv |
	grep -E '^- (lists|overlap)'
# Of an empty list nothing is covered, and of what is not known is no share.
echo Account >none.csv
overlap none.csv,b.csv -m account,in,jaccard,coverage_a,coverage_b
overlap a.csv
overlap a.csv,b.csv --touches a.csv
funnel-attribution --report paths --lists a.csv,b.csv
echo "exit $?"
# There are no definitions, hence no hash of them.
overlap a.csv,b.csv -m both,defs_sha | sed -n 2p
