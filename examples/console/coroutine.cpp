// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// Results in a plain C++20 coroutine. Usage: console-coroutine mysql://user:password@host/schema

#include <QAsyncMySql/Connection>

#include <QCoreApplication>
#include <QTextStream>
#include <QTimer>

#include <exception>

using namespace QAsyncMySql;

//! The least that a coroutine needs to be: it starts when it is called and goes its own way.
class Detached
{
public:
    class promise_type
    {
    public:
        Detached get_return_object() { return {}; }
        std::suspend_never initial_suspend() noexcept { return {}; }
        std::suspend_never final_suspend() noexcept { return {}; }
        void return_void() { }
        void unhandled_exception() { std::terminate(); }
    };
};

static Detached countTo(Connection *connection, ConnectOptions options, int limit)
{
    const Result<void> opened = co_await connection->open(options);
    int code = opened ? 0 : 1;
    for (int i = 1; i <= limit && code == 0; ++i) {
        // Name the result, and give the parameters one by one: GCC 12 gets braced lists in a co_await wrong.
        const Result<ResultSet> result = co_await connection->execute(u"SELECT CAST(? * ? AS SIGNED)", i, i);
        if (result)
            QTextStream(stdout) << i << " squared is " << result->at(0).get<int>(0) << '\n';
        else
            code = 1;
    }
    co_await connection->close();
    QCoreApplication::exit(code);
}

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    const auto options = ConnectOptions::fromUrl(application.arguments().value(1));
    if (!options)
        return 2;
    Connection connection;
    QTimer::singleShot(0, &application, [&] { countTo(&connection, *options, 3); });
    return application.exec();
}
