-- W1, mode reached.
.read samples/oracle/w1-history.load
SELECT stage, entered, converted, lost, rejected, recycled, open, imputed
FROM stages ORDER BY rank;
