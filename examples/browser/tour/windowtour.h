// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/connectoptions.h>

#include <QtCore/QObject>
#include <QtCore/QTimer>

#include <deque>
#include <functional>
#include <memory>

class MainWindow;
class QueryTab;
class TableTab;

namespace QAsyncMySql {
class Pool;
}

/*!
    Shows what the browser can do, on a schema that it makes and drops again, and takes a picture of each
    state: for the README, and to look at after a change.
*/
class WindowTour : public QObject
{
    Q_OBJECT

public:
    //! Leaves the program when it has ended; with 1 if something did not come about.
    WindowTour(MainWindow *window, const QAsyncMySql::ConnectOptions &options, const QString &folder);
    ~WindowTour() override;

    void start();

private:
    using Condition = std::function<bool()>;

    //! Does something as soon as what came before has come about, then waits for \a until.
    void then(std::function<void()> action, Condition until = {});
    void picture(const QString &name);
    void planData();
    void planQueries();
    void planTables();
    void planPanels();
    void planDialogs();
    void next();
    void look();
    void stop(int code);
    void sql(const QString &statement);
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {});
    QueryTab *queryTab() const;
    TableTab *tableTab() const;

    class Step
    {
    public:
        std::function<void()> action;
        Condition until;
        QString picture;
    };

    MainWindow *const m_window;
    const QAsyncMySql::ConnectOptions m_options;
    const QString m_folder;
    std::unique_ptr<QAsyncMySql::Pool> m_other; // as another user
    std::deque<Step> m_steps;
    QTimer m_timer;
    int m_looks = 0; // at the step that is waited for
    int m_statements = 0; // of the other user, that run
};
