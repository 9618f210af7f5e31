// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "pool/sessionender.h"

#include "client/bufferedcommand.h"
#include "client/connectioncore.h"
#include "client/killchannel.h"
#include "client/statementkiller.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QThread>
#include <QtCore/QTimer>

#include <map>
#include <mutex>

namespace QAsyncMySql::Internal {

namespace {

// How long a server may take, and with it the end of the program.
constexpr std::chrono::milliseconds Limit{500};

// For what was told to end.
constexpr std::chrono::milliseconds Pause{50};

struct Task
{
    ConnectOptions options;
    std::vector<KillTarget> targets; // at one place
    SessionEnder::How how = SessionEnder::How::AtOnce;
};

//! What a thread does: logs in, kills, and goes.
class Run
{
public:
    explicit Run(Task task)
        : m_task(std::move(task))
    {
        for (const KillTarget &target : m_task.targets)
            m_ids.append(QString::number(target.connectionId));
    }
    void start()
    {
        QTimer::singleShot(Limit, &m_here, &end);
        m_control = openControlConnection(m_task.options, m_task.targets.front().address,
                                          [this](const Result<void> &result) { opened(result); });
    }
    //! What is under way goes on no longer.
    void finish() { m_control->shutDown(); }

private:
    static void end() { QThread::currentThread()->quit(); }
    void opened(const Result<void> &result)
    {
        if (!result || !m_task.targets.front().mayBe(m_control->session().serverVersion))
            end();
        else if (m_task.how == SessionEnder::How::AtOnce)
            kill();
        else
            ask();
    }
    void ask()
    {
        m_control->enqueue(BufferedCommand::question(
            QStringLiteral("SELECT id FROM information_schema.processlist WHERE id IN (%1)")
                .arg(m_ids.join(u',')),
            [this](const Result<ResultSet> &answer) {
                m_ids.clear();
                for (const Row &row : answer ? *answer : ResultSet())
                    m_ids.append(row.get<QString>(0));
                if (m_ids.isEmpty())
                    end();
                else
                    QTimer::singleShot(Pause, &m_here, [this] { kill(); });
            }));
    }
    void kill()
    {
        m_left = m_ids.size();
        for (const QString &id : std::as_const(m_ids)) {
            m_control->enqueue(BufferedCommand::question(u"KILL " + id, [this](const Result<ResultSet> &) {
                if (--m_left == 0)
                    end();
            }));
        }
    }

    Task m_task;
    QStringList m_ids;
    qsizetype m_left = 0;
    QObject m_here;
    std::shared_ptr<ConnectionCore> m_control;
};

class Thread final : public QThread
{
public:
    explicit Thread(Task task)
        : m_task(std::move(task))
    {
        setObjectName(QStringLiteral("QAsyncMySql KILL"));
    }

protected:
    void run() override
    {
        Run run(std::move(m_task));
        run.start();
        exec();
        run.finish();
    }

private:
    Task m_task;
};

//! The threads that are at work.
class Threads
{
public:
    ~Threads() { wait(); }
    void start(Task task)
    {
        auto thread = std::make_unique<Thread>(std::move(task));
        thread->start();
        const std::lock_guard lock(m_mutex);
        std::erase_if(m_threads, [](const auto &earlier) { return earlier->isFinished(); });
        m_threads.push_back(std::move(thread));
        // Where there is no application any more, the end of the program itself waits.
        if (QCoreApplication::instance() && !std::exchange(m_applicationWaits, true))
            qAddPostRoutine(&SessionEnder::wait);
    }
    void wait()
    {
        std::vector<std::unique_ptr<Thread>> threads;
        {
            const std::lock_guard lock(m_mutex);
            m_applicationWaits = false;
            threads = std::exchange(m_threads, {});
        }
        for (const std::unique_ptr<Thread> &thread : threads)
            thread->wait();
    }

private:
    std::mutex m_mutex;
    std::vector<std::unique_ptr<Thread>> m_threads;
    bool m_applicationWaits = false;
};

Threads &threads()
{
    static Threads all;
    return all;
}

} // namespace

void SessionEnder::start(const std::vector<std::shared_ptr<ConnectionCore>> &connections, How how)
{
    std::map<QString, Task> tasks;
    for (const std::shared_ptr<ConnectionCore> &connection : connections) {
        const ConnectOptions &options = connection->options();
        const Protocol::SessionState &state = connection->session();
        // Nobody is asked for a password any more.
        if (state.connectionId == 0 || (options.password().isEmpty() && options.passwordProvider()))
            continue;
        const QHostAddress address = connection->peerAddress();
        Task &task = tasks[QStringLiteral("%1 %2").arg(address.toString()).arg(options.port())];
        task.options = options;
        task.how = how;
        task.targets.push_back({address, options.port(), state.connectionId, state.serverVersion});
    }
    for (auto &[place, task] : tasks)
        threads().start(std::move(task));
}

void SessionEnder::wait()
{
    threads().wait();
}

} // namespace QAsyncMySql::Internal
