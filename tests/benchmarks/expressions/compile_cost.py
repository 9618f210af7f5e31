#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
# SPDX-License-Identifier: MIT

"""What typed expressions cost the compiler: 50 statements on 10 tables, typed, and as SQL text with rows read into structs.

Usage: compile_cost.py <compiler> <options that find the headers>...
Prints seconds of processor time and MiB of memory for -O0, -O0 -g and -O2: medians of five runs, in turns, so that what else is at work
on the machine meets both alike.
"""

import os
import pathlib
import resource
import statistics
import subprocess
import sys
import tempfile

RUNS = 5
TABLES = 10
COLUMNS = [("id", "quint64"), ("name", "QString"), ("born", "std::optional<QDate>"), ("active", "bool"),
           ("other_id", "std::optional<quint64>"), ("changed", "QDateTime"), ("total", "Decimal"),
           ("weight", "std::optional<double>")]
# For each kind of statement: typed, its use of the result, SQL text with values, and the struct for its rows.
KINDS = [
    ("select(t{a}.id, t{a}.name, t{a}.born).from(t{a}).where(t{a}.active && t{a}.id > id).orderBy(t{a}.name).limit(10)",
     "sink(row[t{a}.id], row[t{a}.name], row[t{a}.born])",
     'u"select id, name, born from t{a} where active and id > ? order by name limit 10", id',
     [("quint64", "id"), ("QString", "name"), ("std::optional<QDate>", "born")]),
    ('select(t{a}.name, t{b}.total).from(t{a}).join(t{b}, t{b}.id == t{a}.other_id)'
     '.where(t{a}.name.like(u"a%") || t{a}.born.isNull())',
     "sink(row[t{a}.name], row[t{b}.total])",
     'u"select t{a}.name, t{b}.total from t{a} join t{b} on t{b}.id = t{a}.other_id where t{a}.name like ? '
     'or t{a}.born is null", u"a%"',
     [("QString", "name"), ("Decimal", "total")]),
    ('select(t{a}.other_id, sum(t{a}.total).as<"sum">(), count().as<"n">()).from(t{a}).groupBy(t{a}.other_id)'
     '.having(count() > 2)',
     'sink(row[t{a}.other_id], row.template get<"sum">(), row.template get<"n">())',
     'u"select other_id, sum(total) sum, count(*) n from t{a} group by other_id having count(*) > ?", 2',
     [("std::optional<quint64>", "other_id"), ("std::optional<Decimal>", "sum"), ("qint64", "n")]),
    ('update(t{a}).set(t{a}.name = u"x", t{a}.total = t{a}.total * 2).where(t{a}.id == id)', None,
     'u"update t{a} set name = ?, total = total * 2 where id = ?", u"x", id', None),
    ('insertInto(t{a}).set(t{a}.name = u"x", t{a}.born = QDate(2000, 1, 1), t{a}.total = Decimal(5), t{a}.active = true)', None,
     'u"insert into t{a} (name, born, total, active) values (?, ?, ?, ?)", u"x", QDate(2000, 1, 1), Decimal(5), true', None),
]
HEAD = "#include <QAsyncMySql/connection.h>\n{more}using namespace QAsyncMySql;\ntemplate <class... A> void sink(const A &...);\n"


def statements():
    for number in range(50):
        a = number % TABLES
        yield number, {"a": a, "b": (a + 1) % TABLES}, KINDS[number // TABLES]


def fill(text, names):
    for name, value in names.items():
        text = text.replace("{%s}" % name, str(value))
    return text


def typed():
    lines = [HEAD.replace("{more}", "#include <QAsyncMySql/expressions.h>\nusing namespace QAsyncMySql::Sql;\n")]
    for table in range(TABLES):
        lines.append(f'template <Sql::Name Alias = "t{table}"> struct T{table} : Sql::Table<T{table}, "t{table}", Alias>\n{{')
        lines += [f'    Sql::Column<Alias, "{name}", {kind}> {name};' for name, kind in COLUMNS]
        lines.append(f"}};\ninline constexpr T{table}<> t{table}{{}};")
    for number, names, (query, use, _, _) in statements():
        body = fill(f"for (const auto &row : *result) {use};" if use else "sink(result->affectedRows());", names)
        lines.append(f"void statement{number}(Connection &connection, quint64 id)\n{{\n    Q_UNUSED(id)\n"
                     f"    const auto query = {fill(query, names)};\n    using Rows = decltype(query)::ResultType;\n"
                     f"    connection.execute(&connection, [](const Result<Rows> &result) {{ {body} }}, query);\n}}")
    return "\n".join(lines) + "\n"


def text():
    lines = [HEAD.replace("{more}", "#include <QAsyncMySql/typedrows.h>\n")]
    for number, names, (_, _, sql, columns) in statements():
        body = "sink(result->affectedRows());"
        if columns:
            lines.append(f"struct Row{number} {{ " + " ".join(f"{kind} {name};" for kind, name in columns) + " };")
            uses = ", ".join(f"row.{name}" for _, name in columns)
            body = f"const auto rows = result->to<Row{number}>(); for (const auto &row : *rows) sink({uses});"
        lines.append(f"void statement{number}(Connection &connection, quint64 id)\n{{\n    Q_UNUSED(id)\n"
                     f"    connection.execute(&connection, [](const Result<ResultSet> &result) {{ {body} }}, {fill(sql, names)});\n}}")
    return "\n".join(lines) + "\n"


def measure(command):
    """(seconds, MiB) of the compiler and its children."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        done = subprocess.run(command, check=False)
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        os.write(write, f"{done.returncode} {usage.ru_utime + usage.ru_stime} {usage.ru_maxrss / 1024}".encode())
        os._exit(0)
    os.waitpid(child, 0)
    os.close(write)
    code, seconds, memory = os.read(read, 200).split()
    os.close(read)
    if int(code):
        sys.exit("the compiler has failed")
    return float(seconds), float(memory)


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    with tempfile.TemporaryDirectory() as folder:
        sources = {}
        for name, content in (("text", text()), ("typed", typed())):
            sources[name] = pathlib.Path(folder) / f"{name}.cpp"
            sources[name].write_text(content)
        for options in (["-O0"], ["-O0", "-g"], ["-O2"]):
            runs = {name: [] for name in sources}
            for _ in range(RUNS):
                for name, source in sources.items():
                    runs[name].append(measure([*sys.argv[1:], "-std=c++20", "-fPIC", "-w", *options, "-c", str(source), "-o", os.devnull]))
            usual = {name: [statistics.median(values) for values in zip(*those)] for name, those in runs.items()}
            print(f"{' '.join(options):7}  text {usual['text'][0]:5.2f} s {usual['text'][1]:4.0f} MiB   "
                  f"typed {usual['typed'][0]:5.2f} s {usual['typed'][1]:4.0f} MiB   "
                  f"ratio {usual['typed'][0] / usual['text'][0]:.2f} and {usual['typed'][1] / usual['text'][1]:.2f}", flush=True)


if __name__ == "__main__":
    main()
