// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include "grid/gridview.h"
#include "integration/models/scratchschema.h"
#include "mainwindow.h"
#include "query/querytab.h"

#include <QtCore/QSettings>
#include <QtCore/QTemporaryDir>
#include <QtWidgets/QApplication>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QTabWidget>

/*!
    The window of the browser, as a user has it before them, connected to a schema of its own; and a second
    connection, as another user has.
*/
class OpenWindow
{
public:
    explicit OpenWindow(const MatrixServer &server)
        : schema(server)
        , m_options(*QAsyncMySql::ConnectOptions::fromUrl(server.url()))
    {
        QSettings::setDefaultFormat(QSettings::IniFormat);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_settings.path());
        m_options.setDatabase(schema.name());
    }

    //! Once the tables are there.
    void open()
    {
        window = std::make_unique<MainWindow>();
        window->show();
        window->activateWindow();
        if (!QTest::qWaitForWindowActive(window.get()))
            qFatal("the window does not become active");
        window->connectTo(m_options);
    }

    //! After a dialog: window managers do that by themselves.
    void back() const
    {
        window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(window.get()));
    }

    //! The first value of the first row that the second user sees.
    QString value(const QString &sql)
    {
        const QAsyncMySql::ResultSet rows = schema.must(sql);
        return rows.isEmpty() ? QStringLiteral("(no row)") : rows.at(0).get<QString>(0);
    }

    QueryTab *queryTab() const { return qobject_cast<QueryTab *>(window->currentTab()); }

    //! A key for whatever has the focus.
    static void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        QWidget *target = QApplication::focusWidget();
        if (!target)
            target = QApplication::activeWindow();
        QTest::keyClick(target, key, modifiers);
    }
    static void write(const QString &text) { QTest::keyClicks(QApplication::focusWidget(), text); }
    static void clickHeader(const QTableView *view, int column)
    {
        const QHeaderView *header = view->horizontalHeader();
        const QPoint place(header->sectionViewportPosition(column) + header->sectionSize(column) / 2, 8);
        QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, place);
    }
    static void clickCell(const QTableView *view, int row, int column)
    {
        const QRect cell = view->visualRect(view->model()->index(row, column));
        QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, cell.center());
    }

    ScratchSchema schema;
    std::unique_ptr<MainWindow> window;

private:
    QTemporaryDir m_settings;
    QAsyncMySql::ConnectOptions m_options;
};
