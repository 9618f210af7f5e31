// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/rowwindowselection.h>

#include <QtQml/qqmlregistration.h>

namespace QAsyncMySql::Internal {

/*!
    \qmltype SqlRowWindow
    A RowWindowModel: the part of a long table that a TableView shows.

    \since 1.0
*/
struct RowWindowForeign
{
    Q_GADGET
    QML_FOREIGN(QAsyncMySql::RowWindowModel)
    QML_NAMED_ELEMENT(SqlRowWindow)
};

/*!
    \qmltype SqlRowWindowSelection
    A RowWindowSelection: an ItemSelectionModel for a TableView of a SqlRowWindow.

    \since 1.0
*/
struct RowWindowSelectionForeign
{
    Q_GADGET
    QML_FOREIGN(QAsyncMySql::RowWindowSelection)
    QML_NAMED_ELEMENT(SqlRowWindowSelection)
};

} // namespace QAsyncMySql::Internal
