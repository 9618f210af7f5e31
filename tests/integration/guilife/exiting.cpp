// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// A program that ends while its pool is busy: "exiting URL MILLISECONDS HOW". It says "end" when its end
// begins.

#include <QAsyncMySql/Pool>

#include <QtCore/QCoreApplication>
#include <QtCore/QThread>
#include <QtCore/QTimer>

#include <cstdio>
#include <cstdlib>

using namespace QAsyncMySql;

namespace {

//! What a program may have under way, all at once.
class Work : public QObject
{
public:
    explicit Work(const ConnectOptions &options)
        : m_pool(std::make_unique<Pool>(options))
    {
        m_pool->setMaximumSize(6);
        for (int i = 0; i < 3; ++i)
            m_pool->query(
                this, [](const Result<ResultSet> &) {}, u"SELECT SLEEP(60)");
        for (int i = 0; i < 200; ++i)
            m_pool->execute(
                this, [](const Result<ResultSet> &) {}, u"SELECT ?", i);
        m_pool
            ->begin()
            // Left open: the handle is held by the future alone.
            .then(this, [this](const Result<Transaction> &begun) { m_transaction = begun; });
        m_cursor
            = m_pool->stream(u"WITH RECURSIVE d(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM d WHERE i < 99) "
                             u"SELECT a.i, REPEAT('x', 50) FROM d a CROSS JOIN d b CROSS JOIN d c");
    }

private:
    // The last to go: the pool's end is told to what waits for it.
    Result<Transaction> m_transaction = Error(Error::Kind::Usage, QStringLiteral("not begun"));
    std::unique_ptr<Pool> m_pool;
    std::unique_ptr<Cursor> m_cursor;
};

void sayEnd()
{
    std::puts("end");
    std::fflush(stdout);
}

} // namespace

int main(int argc, char **argv)
{
    static std::unique_ptr<Work> ofTheProgram; // goes after the application has
    QCoreApplication application(argc, argv);
    if (argc != 4)
        return 2;
    Result<ConnectOptions> options = ConnectOptions::fromUrl(QString::fromLocal8Bit(argv[1]));
    if (!options)
        return 3;
    const QByteArray how = argv[3];
    std::unique_ptr<Work> work;
    std::unique_ptr<QThread> thread;
    if (how == "thread") { // one whose loop ends with the work in it
        thread.reset(QThread::create([&] {
            Work there(*options);
            QEventLoop loop;
            QTimer::singleShot(std::atoi(argv[2]), &loop, &QEventLoop::quit);
            loop.exec();
        }));
        thread->start();
    } else if (how == "static") {
        ofTheProgram = std::make_unique<Work>(*options);
    } else if (how == "child") {
        (new Work(*options))->setParent(&application);
    } else {
        work = std::make_unique<Work>(*options);
    }
    QTimer::singleShot(std::atoi(argv[2]), &application, [&] {
        sayEnd();
        if (how == "exit") // destroys what is static, and nothing else
            std::exit(0);
        application.quit();
    });
    const int status = application.exec();
    if (thread)
        thread->wait();
    if (how == "leak")
        (void)work.release();
    return status;
}
