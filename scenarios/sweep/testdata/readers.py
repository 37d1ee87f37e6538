"""Reads the tables of a sweep by DuckDB, pandas and polars, and checks that all see the same. Use: readers.py FOLDER RUNS"""
import csv, sys
import duckdb, pandas, polars

folder, runs = sys.argv[1], int(sys.argv[2])
for table in ["runs", "levels", "pairs", "effects"]:
    path = f"{folder}/{table}.parquet"
    with open(f"{folder}/{table}.csv", newline="", encoding="utf-8") as f:
        text = list(csv.reader(f))
    head, rows = text[0], text[1:]
    a = duckdb.sql(f"select * from read_parquet('{path}')")
    b, c, d = pandas.read_parquet(path), polars.read_parquet(path), pandas.read_csv(f"{folder}/{table}.csv")
    assert a.columns == list(b.columns) == c.columns == list(d.columns) == head, table
    assert len(a.fetchall()) == len(b) == len(c) == len(d) == len(rows), table
    for i, values in enumerate(a.fetchall()):
        for j, name in enumerate(head):
            x, y = values[j], rows[i][j]
            assert (x is None and y == "") or str(x) == y or float(x) == float(y), (table, i, name, x, y)
            p, q = c[name][i], b[name].iloc[i]
            assert p == x and (x is None and pandas.isna(q) or q == x), (table, i, name)
assert len(pandas.read_parquet(f"{folder}/runs.parquet")) == runs
assert duckdb.sql(f"select count(*) from '{folder}/series.parquet' s join '{folder}/runs.parquet' r using (point, replication, scenario)").fetchall()[0][0] == \
    len(polars.read_parquet(f"{folder}/series.parquet"))
failed = duckdb.sql(f"select count(*) from '{folder}/runs.parquet' where status = 'failed' and gmv is null").fetchall()[0][0]
assert failed == 1, failed
print("read by DuckDB", duckdb.__version__, "pandas", pandas.__version__, "polars", polars.__version__)
