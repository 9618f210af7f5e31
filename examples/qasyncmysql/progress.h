// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

namespace QAsyncMySql {
class Cursor;
}

namespace Cli {

//! A line on standard error that says how far the statement is: elapsed time, and rows if they are streamed.
class Progress : public QObject
{
    Q_OBJECT

public:
    //! Shows nothing unless standard error is a terminal.
    explicit Progress(bool wanted, QObject *parent = nullptr);
    ~Progress() override;

    //! \a cursor may be null, and must live until stop().
    void start(const QAsyncMySql::Cursor *cursor);
    //! Wipes the line away.
    void stop();

private:
    void show();

    QTimer m_timer;
    QElapsedTimer m_elapsed;
    const QAsyncMySql::Cursor *m_cursor = nullptr;
    bool m_active;
    bool m_shown = false;
};

} // namespace Cli
