// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// The C client library of MariaDB: blocking, with a thread for each connection where there are several.

#include "benchmarks/peers/rows.h"

#include <mysql.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <thread>

using namespace Bench;

namespace {

class Connection
{
public:
    explicit Connection(const Arguments &arguments)
        : handle(mysql_init(nullptr))
    {
        const unsigned long packet = 1UL << 30;
        mysql_options(handle, MYSQL_OPT_MAX_ALLOWED_PACKET, &packet);
        mysql_options(handle, MYSQL_SET_CHARSET_NAME, "utf8mb4");
        if (arguments.is("connect_tls")) {
            const my_bool on = 1;
            const my_bool off = 0;
            mysql_options(handle, MYSQL_OPT_SSL_ENFORCE, &on);
            mysql_options(handle, MYSQL_OPT_SSL_VERIFY_SERVER_CERT, &off);
        }
        if (arguments.is("compressed_rows"))
            mysql_options(handle, MYSQL_OPT_COMPRESS, nullptr);
        if (!mysql_real_connect(handle, "127.0.0.1", "root", "", "bench", arguments.port(), nullptr, 0))
            die("connect", mysql_error(handle));
        // It goes on in plain text where the server has no TLS.
        if (arguments.is("connect_tls") && !mysql_get_ssl_cipher(handle))
            unsupported(arguments, "the connection is not encrypted");
    }
    Connection(const Connection &) = delete;
    Connection &operator=(const Connection &) = delete;
    ~Connection() { mysql_close(handle); }

    void query(std::string_view sql) const
    {
        if (mysql_real_query(handle, sql.data(), static_cast<unsigned long>(sql.size())) != 0)
            die("query", mysql_error(handle));
    }
    //! The result of the last query, in memory or row by row.
    MYSQL_RES *result(bool buffered) const
    {
        MYSQL_RES *rows = buffered ? mysql_store_result(handle) : mysql_use_result(handle);
        if (!rows)
            die("result", mysql_error(handle));
        return rows;
    }

    MYSQL *const handle;
};

class Statement
{
public:
    Statement(const Connection &connection, std::string_view sql)
        : handle(mysql_stmt_init(connection.handle))
    {
        if (mysql_stmt_prepare(handle, sql.data(), static_cast<unsigned long>(sql.size())) != 0)
            fail();
    }
    Statement(const Statement &) = delete;
    Statement &operator=(const Statement &) = delete;
    ~Statement() { mysql_stmt_close(handle); }

    void execute() const
    {
        if (mysql_stmt_execute(handle) != 0)
            fail();
    }
    [[noreturn]] void fail() const { die("statement", mysql_stmt_error(handle)); }

    MYSQL_STMT *const handle;
};

//! Variables that the columns of t are bound to.
class BoundRow
{
public:
    explicit BoundRow(const Statement &statement)
    {
        const auto bind
            = [this](int column, enum_field_types type, void *to, std::size_t size, unsigned long *length) {
                  m_bind[column].buffer_type = type;
                  m_bind[column].buffer = to;
                  m_bind[column].buffer_length = static_cast<unsigned long>(size);
                  m_bind[column].length = length;
              };
        std::memset(m_bind, 0, sizeof m_bind);
        bind(0, MYSQL_TYPE_LONGLONG, &m_id, 0, nullptr);
        bind(1, MYSQL_TYPE_LONG, &m_a, 0, nullptr);
        bind(2, MYSQL_TYPE_STRING, m_b, sizeof m_b, &m_bLength);
        bind(3, MYSQL_TYPE_DOUBLE, &m_c, 0, nullptr);
        bind(4, MYSQL_TYPE_DATETIME, &m_d, 0, nullptr);
        bind(5, MYSQL_TYPE_NEWDECIMAL, m_e, sizeof m_e, &m_eLength);
        if (mysql_stmt_bind_result(statement.handle, m_bind))
            statement.fail();
    }
    std::uint64_t fetch(const Statement &statement, Checksum &sum)
    {
        std::uint64_t rows = 0;
        for (;;) {
            const int status = mysql_stmt_fetch(statement.handle);
            if (status == MYSQL_NO_DATA)
                return rows;
            if (status != 0)
                statement.fail();
            DateTime d;
            d.day = int(m_d.day);
            d.second = int(m_d.second);
            d.microsecond = int(m_d.second_part);
            sum.row(m_id, m_a, std::string_view(m_b, m_bLength), m_c, d,
                    parseCents(std::string_view(m_e, m_eLength)));
            ++rows;
        }
    }

private:
    long long m_id = 0;
    int m_a = 0;
    double m_c = 0;
    char m_b[132];
    char m_e[32];
    MYSQL_TIME m_d{};
    unsigned long m_bLength = 0;
    unsigned long m_eLength = 0;
    MYSQL_BIND m_bind[6];
};

//! A prepared point select.
class PointSelects
{
public:
    explicit PointSelects(const Connection &connection)
        : m_statement(connection, PointSelect)
        , m_row(m_statement)
    {
        std::memset(&m_parameter, 0, sizeof m_parameter);
        m_parameter.buffer_type = MYSQL_TYPE_LONGLONG;
        m_parameter.buffer = &m_key;
        if (mysql_stmt_bind_param(m_statement.handle, &m_parameter))
            m_statement.fail();
    }
    std::uint64_t run(std::int64_t key, Checksum &sum)
    {
        m_key = key;
        m_statement.execute();
        return m_row.fetch(m_statement, sum);
    }

private:
    Statement m_statement;
    BoundRow m_row;
    MYSQL_BIND m_parameter;
    long long m_key = 0;
};

std::uint64_t fetchText(const Connection &connection, bool buffered, Checksum &sum)
{
    MYSQL_RES *result = connection.result(buffered);
    std::uint64_t rows = 0;
    while (MYSQL_ROW row = mysql_fetch_row(result)) {
        const unsigned long *lengths = mysql_fetch_lengths(result);
        const auto cell = [&](int i) { return std::string_view(row[i], lengths[i]); };
        sum.row(parseNumber<std::int64_t>(cell(0)), parseNumber<int>(cell(1)), cell(2),
                parseNumber<double>(cell(3)), parseDateTime(cell(4)), parseCents(cell(5)));
        ++rows;
    }
    if (mysql_errno(connection.handle))
        die("fetch", mysql_error(connection.handle));
    mysql_free_result(result);
    return rows;
}

std::int64_t insertChecksum(const Connection &connection)
{
    connection.query(InsertCheck);
    MYSQL_RES *result = connection.result(true);
    const std::int64_t value = std::atoll(mysql_fetch_row(result)[0]);
    mysql_free_result(result);
    return value;
}

MYSQL_TIME toTime(const DateTime &d)
{
    MYSQL_TIME time{};
    time.year = unsigned(d.year);
    time.month = unsigned(d.month);
    time.day = unsigned(d.day);
    time.hour = unsigned(d.hour);
    time.minute = unsigned(d.minute);
    time.second = unsigned(d.second);
    time.second_part = static_cast<unsigned long>(d.microsecond);
    time.time_type = MYSQL_TIMESTAMP_DATETIME;
    return time;
}

void bindInsert(MYSQL_BIND *bind, void *id, void *a, void *b, void *c, void *d)
{
    std::memset(bind, 0, 5 * sizeof *bind);
    bind[0].buffer_type = bind[1].buffer_type = MYSQL_TYPE_LONG;
    bind[2].buffer_type = MYSQL_TYPE_STRING;
    bind[3].buffer_type = MYSQL_TYPE_DOUBLE;
    bind[4].buffer_type = MYSQL_TYPE_DATETIME;
    void *const values[] = {id, a, b, c, d};
    for (int i = 0; i < 5; ++i)
        bind[i].buffer = values[i];
}

//! The array binding: one command for many rows; MariaDB servers only.
void insertArrays(const Connection &connection, const std::vector<InsertRow> &rows)
{
    constexpr std::size_t Chunk = 10'000;
    const Statement statement(connection, "INSERT INTO ins VALUES (?,?,?,?,?)");
    std::vector<int> id(Chunk);
    std::vector<int> a(Chunk);
    std::vector<char *> b(Chunk);
    std::vector<unsigned long> bLength(Chunk);
    std::vector<double> c(Chunk);
    std::vector<MYSQL_TIME> d(Chunk);
    std::vector<MYSQL_TIME *> dAt(Chunk);
    for (std::size_t first = 0; first < rows.size(); first += Chunk) {
        auto count = unsigned(std::min(Chunk, rows.size() - first));
        for (std::size_t i = 0; i < count; ++i) {
            const InsertRow &row = rows[first + i];
            id[i] = row.id;
            a[i] = row.a;
            b[i] = const_cast<char *>(row.b.data());
            bLength[i] = static_cast<unsigned long>(row.b.size());
            c[i] = row.c;
            d[i] = toTime(row.d);
            dAt[i] = &d[i];
        }
        MYSQL_BIND bind[5];
        bindInsert(bind, id.data(), a.data(), b.data(), c.data(), dAt.data());
        bind[2].length = bLength.data();
        mysql_stmt_attr_set(statement.handle, STMT_ATTR_ARRAY_SIZE, &count);
        if (mysql_stmt_bind_param(statement.handle, bind))
            statement.fail();
        statement.execute();
    }
}

//! A prepared INSERT of 1,000 rows.
void insertManyRows(const Connection &connection, const std::vector<InsertRow> &rows)
{
    constexpr std::size_t Chunk = 1'000;
    if (rows.size() % Chunk != 0)
        die("bulk_insert", "n must be a multiple of 1000");
    std::string sql = "INSERT INTO ins VALUES (?,?,?,?,?)";
    for (std::size_t i = 1; i < Chunk; ++i)
        sql += ",(?,?,?,?,?)";
    const Statement statement(connection, sql);
    std::vector<MYSQL_BIND> bind(5 * Chunk);
    std::vector<MYSQL_TIME> d(Chunk);
    for (std::size_t first = 0; first < rows.size(); first += Chunk) {
        for (std::size_t i = 0; i < Chunk; ++i) {
            const InsertRow &row = rows[first + i];
            d[i] = toTime(row.d);
            bindInsert(&bind[5 * i], const_cast<int *>(&row.id), const_cast<int *>(&row.a),
                       const_cast<char *>(row.b.data()), const_cast<double *>(&row.c), &d[i]);
            bind[5 * i + 2].buffer_length = static_cast<unsigned long>(row.b.size());
        }
        if (mysql_stmt_bind_param(statement.handle, bind.data()))
            statement.fail();
        statement.execute();
    }
}

struct Outcome
{
    Checksum sum;
    std::uint64_t rows = 0;
    std::vector<std::int64_t> latencies;
    std::string extra;
};

void connectMany(const Arguments &arguments, Meter &meter, Outcome &outcome)
{
    const long count = arguments.number("n", 500);
    meter.start();
    for (long i = 0; i < count; ++i) {
        const Connection connection(arguments);
        connection.query("SELECT 1");
        MYSQL_RES *result = connection.result(true);
        outcome.rows += mysql_num_rows(result);
        mysql_free_result(result);
        meter.lap();
    }
    meter.stop();
}

void roundTrips(const Arguments &arguments, const Connection &connection, Meter &meter, Outcome &outcome)
{
    const long count = arguments.number("n", 20'000);
    meter.reserve(count);
    meter.start();
    for (long i = 0; i < count; ++i) {
        connection.query("SELECT 1");
        MYSQL_RES *result = connection.result(true);
        const MYSQL_ROW row = mysql_fetch_row(result);
        outcome.rows += parseNumber<unsigned>(std::string_view(row[0], mysql_fetch_lengths(result)[0]));
        mysql_free_result(result);
        meter.lap();
    }
    meter.stop();
}

void pointSelects(const Arguments &arguments, const Connection &connection, Meter &meter, Outcome &outcome)
{
    const long count = arguments.number("n", 20'000);
    if (arguments.is("pipeline"))
        outcome.extra = "\"note\":\"no pipelining: one after the other\"";
    PointSelects select(connection);
    meter.reserve(count);
    meter.start();
    for (long i = 0; i < count; ++i) {
        outcome.rows += select.run(pointId(i), outcome.sum);
        meter.lap();
    }
    meter.stop();
}

void readRows(const Arguments &arguments, const Connection &connection, Meter &meter, Outcome &outcome)
{
    const std::string sql = readRowsSql(arguments);
    if (arguments.is("read_rows_binary")) {
        const Statement statement(connection, sql);
        BoundRow row(statement);
        meter.start();
        statement.execute();
        outcome.rows = row.fetch(statement, outcome.sum);
    } else {
        meter.start();
        connection.query(sql);
        outcome.rows = fetchText(connection, arguments.is("read_rows_buffered"), outcome.sum);
    }
    meter.stop();
}

void bigBlobs(const Arguments &arguments, const Connection &connection, Meter &meter, Outcome &outcome)
{
    meter.start();
    for (long i = 0; i < arguments.number("n", 5); ++i) {
        connection.query(BlobSelect);
        MYSQL_RES *result = connection.result(true);
        const MYSQL_ROW row = mysql_fetch_row(result);
        outcome.sum.add(blobChecksum(row[0], mysql_fetch_lengths(result)[0]));
        mysql_free_result(result);
        ++outcome.rows;
        meter.lap();
    }
    meter.stop();
}

void bulkInsert(const Arguments &arguments, const Connection &connection, Meter &meter, Outcome &outcome)
{
    const std::vector<InsertRow> rows = insertRows(arguments.number("n", 100'000));
    const bool arrays = std::strstr(mysql_get_server_info(connection.handle), "MariaDB") != nullptr;
    connection.query("SET SESSION sql_log_bin=0");
    connection.query("TRUNCATE TABLE ins");
    meter.start();
    connection.query("START TRANSACTION");
    if (arrays)
        insertArrays(connection, rows);
    else
        insertManyRows(connection, rows);
    connection.query("COMMIT");
    meter.stop();
    outcome.rows = rows.size();
    outcome.sum.add(insertChecksum(connection));
    outcome.extra = arrays ? "\"note\":\"array binding\"" : "\"note\":\"prepared, 1,000 rows at a time\"";
}

void threads(const Arguments &arguments, Meter &meter, Outcome &outcome)
{
    const long count = arguments.number("n", 100'000);
    const long size = arguments.number("conns", 16);
    std::vector<Outcome> outcomes{std::size_t(size)};
    std::vector<std::unique_ptr<Connection>> connections;
    std::vector<std::unique_ptr<PointSelects>> selects;
    for (long i = 0; i < size; ++i) {
        connections.push_back(std::make_unique<Connection>(arguments));
        selects.push_back(std::make_unique<PointSelects>(*connections.back()));
    }
    meter.reserve(count);
    meter.start();
    std::vector<std::thread> workers;
    for (long i = 0; i < size; ++i) {
        workers.emplace_back([&, i] {
            mysql_thread_init();
            Outcome &own = outcomes[std::size_t(i)];
            for (long j = i; j < count; j += size) {
                const std::int64_t begin = nowNs();
                own.rows += selects[std::size_t(i)]->run(pointId(j), own.sum);
                own.latencies.push_back(nowNs() - begin);
            }
            mysql_thread_end();
        });
    }
    for (std::thread &worker : workers)
        worker.join();
    meter.stop();
    for (const Outcome &own : outcomes) {
        outcome.sum.add(own.sum.value());
        outcome.rows += own.rows;
        meter.latencies(own.latencies);
    }
    outcome.extra = "\"note\":\"a thread for each connection\"";
}

} // namespace

int main(int argc, char **argv)
{
    const Arguments arguments(argc, argv);
    Meter meter(arguments);
    Outcome outcome;
    mysql_library_init(0, nullptr, nullptr);
    if (arguments.is("connect_plain") || arguments.is("connect_tls")) {
        connectMany(arguments, meter, outcome);
    } else if (arguments.is("pool_concurrent")) {
        threads(arguments, meter, outcome);
    } else {
        const Connection connection(arguments);
        if (arguments.is("roundtrip_text"))
            roundTrips(arguments, connection, meter, outcome);
        else if (arguments.is("point_select_stmt") || arguments.is("pipeline"))
            pointSelects(arguments, connection, meter, outcome);
        else if (arguments.workload().starts_with("read_rows_") || arguments.is("compressed_rows"))
            readRows(arguments, connection, meter, outcome);
        else if (arguments.is("big_blob"))
            bigBlobs(arguments, connection, meter, outcome);
        else if (arguments.is("bulk_insert"))
            bulkInsert(arguments, connection, meter, outcome);
        else
            unsupported(arguments, "not a workload of this peer");
    }
    meter.print(outcome.rows, outcome.sum.value(), outcome.extra);
    return 0;
}
