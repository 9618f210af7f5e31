// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/poolmodel.h>
#include <QAsyncMySql/querymodel.h>

#include <QtCore/QTimer>
#include <QtWidgets/QWidget>

class GridView;
class MessageBanner;

QT_BEGIN_NAMESPACE
class QTabWidget;
QT_END_NAMESPACE

//! What runs: the connections of this program, and those of the whole server as far as the account may see
//! them. A statement can be cancelled.
class RunningPanel : public QWidget
{
    Q_OBJECT

public:
    explicit RunningPanel(QWidget *parent = nullptr);
    ~RunningPanel() override;

    void setPool(QAsyncMySql::Pool *pool);
    QTabWidget *pages() const { return m_pages; }
    GridView *ownGrid() const { return m_own; }
    GridView *serverGrid() const { return m_server; }

public Q_SLOTS:
    //! Stops the statement of the connection that is selected; the connection stays.
    void cancelSelected();

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void readServer();

    QPointer<QAsyncMySql::Pool> m_pool;
    QAsyncMySql::PoolModel m_connections;
    QAsyncMySql::QueryModel m_processes;
    QTimer m_timer;
    QTabWidget *m_pages;
    GridView *m_own;
    GridView *m_server;
    MessageBanner *m_banner;
};
