// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/querymodel.h>

#include <QtCore/QElapsedTimer>
#include <QtCore/QTimer>
#include <QtWidgets/QWidget>

class ElidedLabel;
class GridView;
class MessageBanner;

QT_BEGIN_NAMESPACE
class QLabel;
class QProgressBar;
QT_END_NAMESPACE

//! The rows of a query as they come, what is to be said of them, and an error if there was one.
class ResultView : public QWidget
{
    Q_OBJECT

public:
    explicit ResultView(QAsyncMySql::QueryModel *model, QWidget *parent = nullptr);

    GridView *table() const { return m_table; }
    void showError(const QAsyncMySql::Error &error);
    MessageBanner *banner() const { return m_error; }
    //! What is to be said of the current cell.
    ElidedLabel *hint() const { return m_hint; }
    qint64 elapsed() const;

private:
    void build();
    void statusChanged();
    void refresh();
    void columnsArrived();

    QAsyncMySql::QueryModel *const m_model;
    GridView *m_table;
    MessageBanner *m_error;
    QLabel *m_state;
    ElidedLabel *m_hint;
    QLabel *m_rows;
    QLabel *m_rate;
    QLabel *m_memory;
    QLabel *m_time;
    QProgressBar *m_busy;
    QElapsedTimer m_clock;
    qint64 m_elapsed = 0; // of a run that has ended
    bool m_running = false;
    QTimer m_tick; // shows the time while no rows come
    QStringList m_fittedColumns;
};
